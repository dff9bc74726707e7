// What a model file says about how it wants to be asked, and that it is done.
#include "extract/decode/reader_hints.h"

#include "engine/gguf.h"
#include "support/catch.h"
#include "support/gguf_writer.h"

#include <limits>

namespace attest::extract {

using test::GgufWriter;
using test::TemporaryFile;

namespace {

Result<ReaderHints> hintsOf(const GgufWriter& writer) {
    const TemporaryFile file(writer.bytes());
    const Result<engine::GgufFile> opened = engine::GgufFile::open(file.path());
    REQUIRE(opened.ok());
    return readerHints(opened.value());
}

} // namespace

TEST_CASE("a file without hints is asked in small pieces and decided by its own logits",
          "[extract][hints]") {
    const Result<ReaderHints> hints = hintsOf(GgufWriter().u32("general.alignment", 32));
    REQUIRE(hints.ok());
    CHECK(hints.value().chunkTokens == 80);
    CHECK(hints.value().recordChunkTokens == 80);
    CHECK(hints.value().summaryChunkTokens == 200);
    CHECK(hints.value().secondChunkTokens == 0);
    CHECK(hints.value().secondRecordChunkTokens == 0);
    CHECK(hints.value().listEndBias == 0);
    CHECK(hints.value().nullBias == 0);
}

TEST_CASE("hints are what the file says", "[extract][hints]") {
    const Result<ReaderHints> hints = hintsOf(GgufWriter()
                                                  .u32("attest.chunk_tokens", 256)
                                                  .u32("attest.record_chunk_tokens", 192)
                                                  .u32("attest.summary_chunk_tokens", 400)
                                                  .u32("attest.second_chunk_tokens", 300)
                                                  .u32("attest.second_record_chunk_tokens", 0)
                                                  .f32("attest.list_agreement", 0.25F)
                                                  .f32("attest.field_agreement", 0.125F)
                                                  .f32("attest.list_end_bias", -0.75F)
                                                  .f32("attest.null_bias", 0.5F));
    REQUIRE(hints.ok());
    CHECK(hints.value().chunkTokens == 256);
    CHECK(hints.value().recordChunkTokens == 192);
    CHECK(hints.value().summaryChunkTokens == 400);
    CHECK(hints.value().secondChunkTokens == 300);
    CHECK(hints.value().secondRecordChunkTokens == 0);
    CHECK(hints.value().listAgreement == 0.25);
    CHECK(hints.value().fieldAgreement == 0.125);
    CHECK(hints.value().listEndBias == -0.75F);
    CHECK(hints.value().nullBias == 0.5F);
}

TEST_CASE("hints out of range or of another type are refused by name", "[extract][hints]") {
    const auto refused = [](const GgufWriter& writer, const std::string& key) {
        const Result<ReaderHints> hints = hintsOf(writer);
        REQUIRE(!hints.ok());
        CHECK(hints.error().code == ErrorCode::InvalidInput);
        CHECK_THAT(hints.error().message, Catch::Matchers::Contains(key));
    };
    refused(GgufWriter().u32("attest.chunk_tokens", 0), "attest.chunk_tokens");
    refused(GgufWriter().u32("attest.chunk_tokens", 4000000000), "attest.chunk_tokens");
    refused(GgufWriter().u32("attest.record_chunk_tokens", 15), "attest.record_chunk_tokens");
    refused(GgufWriter().string("attest.summary_chunk_tokens", "many"),
            "attest.summary_chunk_tokens");
    refused(GgufWriter().u32("attest.second_chunk_tokens", 15), "attest.second_chunk_tokens");
    refused(GgufWriter().u32("attest.second_record_chunk_tokens", 8193),
            "attest.second_record_chunk_tokens");
    refused(GgufWriter().f32("attest.list_agreement", 1.5F), "attest.list_agreement");
    refused(GgufWriter().f32("attest.field_agreement", -0.1F), "attest.field_agreement");
    refused(GgufWriter().f32("attest.list_end_bias", 20.5F), "attest.list_end_bias");
    refused(GgufWriter().f32("attest.null_bias", std::numeric_limits<float>::quiet_NaN()),
            "attest.null_bias");
    refused(GgufWriter().f32("attest.null_bias", -std::numeric_limits<float>::infinity()),
            "attest.null_bias");
}

} // namespace attest::extract
