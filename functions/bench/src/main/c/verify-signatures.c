/* Verifies signatures with OpenSSL and does nothing else: the reference of `functions/bench/run quick-audit`.
 * verify-signatures FILE THREADS: prints how many did not verify, and the seconds from the start of the threads to the end of the last.
 * FILE: a key of 32 bytes, then for each signature its 64 bytes, the length of the message in 2 bytes, the higher first, and the message. */
#include <openssl/evp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { KEY = 32, SIGNATURE = 64, HEADER = SIGNATURE + 2 };

static unsigned char *bytes;
static unsigned char **signatures;
static size_t count;

struct share {
    pthread_t thread;
    size_t from, to, bad;
};

static void die(const char *what) {
    fprintf(stderr, "verify-signatures: %s\n", what);
    exit(1);
}

static size_t length(const unsigned char *signature) {
    return (size_t)signature[SIGNATURE] << 8 | signature[SIGNATURE + 1];
}

static void load(const char *name) {
    FILE *file = fopen(name, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) die("no such file");
    long size = ftell(file);
    rewind(file);
    bytes = malloc((size_t)size);
    signatures = malloc(((size_t)size / HEADER + 1) * sizeof *signatures);
    if (bytes == NULL || signatures == NULL || fread(bytes, 1, (size_t)size, file) != (size_t)size) die("cannot read the file");
    fclose(file);
    for (unsigned char *at = bytes + KEY; at < bytes + size; at += HEADER + length(at)) signatures[count++] = at;
}

static void *verify(void *argument) {
    struct share *share = argument;
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, bytes, KEY);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (key == NULL || context == NULL) die("OpenSSL has no Ed25519");
    for (size_t i = share->from; i < share->to; i++) {
        unsigned char *signature = signatures[i];
        if (EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) != 1) die("cannot begin");
        if (EVP_DigestVerify(context, signature, SIGNATURE, signature + HEADER, length(signature)) != 1) share->bad++;
        EVP_MD_CTX_reset(context);
    }
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return NULL;
}

int main(int argc, char **argv) {
    int threads = argc == 3 ? atoi(argv[2]) : 0;
    if (threads < 1) die("FILE THREADS");
    load(argv[1]);
    struct share *shares = calloc((size_t)threads, sizeof *shares);
    if (shares == NULL) die("no memory");
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int i = 0; i < threads; i++) {
        shares[i].from = count * (size_t)i / (size_t)threads;
        shares[i].to = count * (size_t)(i + 1) / (size_t)threads;
        if (pthread_create(&shares[i].thread, NULL, verify, &shares[i]) != 0) die("no thread");
    }
    size_t bad = 0;
    for (int i = 0; i < threads; i++) {
        pthread_join(shares[i].thread, NULL);
        bad += shares[i].bad;
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("%zu %.6f\n", bad, (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9);
    return 0;
}
