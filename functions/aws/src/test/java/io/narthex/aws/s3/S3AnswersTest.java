package io.narthex.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.VersionId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class S3AnswersTest {
  private static final ObjectKey KEY = new ObjectKey("k");

  @ParameterizedTest
  @CsvSource({"'\"abc-3\"', abc-3", "abc, abc"})
  void takesEntityTagsWithoutQuotes(String header, String etag) {
    assertThat(S3Answers.etag(KEY, header)).isEqualTo(new ETag(etag));
  }

  @ParameterizedTest
  @CsvSource({
    "aws-chunked, ''",
    "'aws-chunked,gzip', gzip",
    "'br, aws-chunked', br",
    "xz, xz",
    "'', ''",
  })
  void knowsTheUploadersEncodingFromTheTransfers(String header, String encoding) {
    assertThat(S3Answers.contentEncoding(header).orElse("")).isEqualTo(encoding);
  }

  @Test
  void namesTheOnlyVersionOfAnUnversionedBucket() {
    assertThat(S3Answers.version(null)).isEqualTo(VersionId.UNVERSIONED);
  }

  @Test
  void missesHeadersThatTheDomainNeeds() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> S3Answers.stored(KEY, HeadObjectResponse.builder().build()))
        .withMessage("the answer about k has no ETag");
  }
}
