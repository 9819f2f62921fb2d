package io.narthex.local.s3.store;

import io.narthex.local.s3.access.Call;
import io.narthex.local.s3.access.Operation;
import io.narthex.local.s3.event.ObjectEventName;
import io.narthex.local.s3.model.ObjectName;
import io.narthex.local.s3.model.S3Refusal;
import io.narthex.local.s3.model.TagSet;
import io.narthex.local.s3.store.ObjectWrites.Written;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.gaul.s3proxy.nio2blob.AbstractNio2BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Multipart uploads. Their parts, and the stub objects in which S3Proxy remembers an upload, are in
 * a store of their own, so no listing and no event ever shows them. An upload stays as it is until
 * its object is visible: a completion that failed can be sent again.
 */
final class MultipartUploads {
  /** A part's name is this much longer than the key it is for. */
  private static final int MAX_SEGMENT_CHARS = 200;

  private final DataDirectory data;
  private final Staging staging;
  private final ObjectWrites writes;
  private final BlobStore parts;

  MultipartUploads(DataDirectory data, Staging staging, ObjectWrites writes) {
    this.data = data;
    this.staging = staging;
    this.writes = writes;
    this.parts = new FilesystemNio2BlobStore(data.uploads().toString());
  }

  /** The store of parts and stubs. */
  BlobStore parts() {
    return parts;
  }

  MultipartUpload begin(CreateMultipartUploadRequest request) {
    ObjectName name = new ObjectName(request.bucket(), request.key());
    for (String segment : name.key().split("/", -1)) {
      if (segment.length() > MAX_SEGMENT_CHARS) {
        throw new S3Refusal(
            400, "KeyTooLongError", "A segment of the key is too long for a multipart upload.");
      }
    }
    MultipartUpload upload = parts.initiateMultipartUpload(request);
    ObjectTagging.write(stub(name, upload.id()), Call.CURRENT.get().tags().orElse(TagSet.EMPTY));
    return upload;
  }

  UploadPartResponse addPart(MultipartUpload upload, UploadPartRequest request, InputStream body) {
    requireUpload(upload);
    return parts.uploadMultipartPart(upload, request, body);
  }

  /** Parts. A completion asks too, and must find out for itself that it has happened already. */
  List<Part> list(MultipartUpload upload) {
    if (Call.CURRENT.get().operation() == Operation.LIST_PARTS) {
      requireUpload(upload);
    }
    return parts.listMultipartUpload(upload);
  }

  void abort(MultipartUpload upload) {
    requireUpload(upload);
    parts.abortMultipartUpload(upload);
  }

  /** Joins the parts outside any lock, publishes the object, and only then removes the upload. */
  CompleteMultipartUploadResponse complete(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    Path stub = requireUpload(upload);
    ObjectName name = new ObjectName(upload.containerName(), upload.blobName());
    TagSet tags = Attributes.TAGS.read(stub).map(TagSet::fromStored).orElse(TagSet.EMPTY);
    List<CompletedPart> completed = request.multipartUpload().parts();
    Path staged = join(upload, completed);
    try {
      Attributes.ETAG.write(staged, "\"" + eTag(completed) + "\"");
      Written written =
          writes.publish(name, staged, tags, ObjectEventName.CREATED_COMPLETE_MULTIPART_UPLOAD);
      parts.abortMultipartUpload(upload);
      return CompleteMultipartUploadResponse.builder()
          .eTag("\"" + written.eTag() + "\"")
          .versionId(written.versionId().orElse(null))
          .build();
    } catch (FileSystemException e) {
      throw new UncheckedIOException(e);
    } finally {
      Staging.discard(staged);
    }
  }

  private Path join(MultipartUpload upload, List<CompletedPart> completed) {
    CreateMultipartUploadRequest headers = upload.request();
    List<Path> files = completed.stream().map(part -> partFile(upload, part.partNumber())).toList();
    try (InputStream body = new JoinedFiles(files)) {
      return staging.receive(
          PutObjectRequest.builder()
              .cacheControl(headers.cacheControl())
              .contentDisposition(headers.contentDisposition())
              .contentEncoding(headers.contentEncoding())
              .contentLanguage(headers.contentLanguage())
              .contentType(headers.contentType())
              .expires(headers.expires())
              .storageClass(headers.storageClass())
              .metadata(headers.metadata())
              .build(),
          body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** MD5 of the MD5s of the parts, and their number: what S3 answers for an object in parts. */
  private static String eTag(List<CompletedPart> completed) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      for (CompletedPart part : completed) {
        md5.update(HexFormat.of().parseHex(part.eTag().replace("\"", "")));
      }
      return HexFormat.of().formatHex(md5.digest()) + "-" + completed.size();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path partFile(MultipartUpload upload, int number) {
    String part = AbstractNio2BlobStore.multipartPartName(upload.id(), upload.blobName(), number);
    return data.uploads().resolve(upload.containerName()).resolve(part);
  }

  private Path requireUpload(MultipartUpload upload) {
    Path stub = stub(new ObjectName(upload.containerName(), upload.blobName()), upload.id());
    if (!Files.exists(stub)) {
      throw S3Refusal.noSuchUpload();
    }
    return stub;
  }

  /** The file in which the store of parts remembers the upload of a key. */
  private Path stub(ObjectName name, String id) {
    return data.uploads()
        .resolve(name.bucket())
        .resolve(".mpus-" + id + "-" + name.key() + "-stub");
  }
}
