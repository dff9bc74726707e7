// Broken and malicious GGUF files. The sections follow the classes of defects that other readers of
// the format have had: shape products, offsets, counts, lengths, alignment, padding, array types,
// vocabularies, numbers used as bounds, aborts, executed templates, slow guards.
#include "engine/chat_format.h"
#include "engine/gguf.h"
#include "engine/tokenizer.h"
#include "support/byte_mutator.h"
#include "support/catch.h"
#include "support/gguf_writer.h"

#include <fstream>
#include <iterator>
#include <limits>

using namespace attest;
using namespace attest::engine;
using attest::test::GgufWriter;
using attest::test::rawNumber;
using attest::test::rawString;
using attest::test::TemporaryFile;

namespace {

constexpr std::uint64_t kHuge = std::numeric_limits<std::uint64_t>::max();

// The error of opening a file that must not open, without what it has in common with all others.
std::string errorOf(std::string_view bytes, ErrorCode code = ErrorCode::InvalidInput) {
    const TemporaryFile file(bytes);
    const auto opened = GgufFile::open(file.path());
    if (opened.ok()) {
        return "opened";
    }
    CHECK(opened.error().code == code);
    const std::string prefix = "open model file '" + file.path().string() + "': ";
    CHECK(opened.error().message.starts_with(prefix));
    return opened.error().message.substr(prefix.size());
}

std::string errorOf(const GgufWriter& writer, ErrorCode code = ErrorCode::InvalidInput) {
    return errorOf(writer.bytes(), code);
}

GgufWriter
oneTensor(const std::vector<std::uint64_t>& shape, std::uint32_t type, std::size_t dataBytes) {
    GgufWriter writer;
    writer.tensor("w", shape, type, std::string(dataBytes, 'd'));
    return writer;
}

GgufWriter smallFile() {
    GgufWriter writer;
    writer.string("general.architecture", "llama")
        .u32("general.alignment", 32)
        .boolean("flag", true)
        .strings("words", {"a", "bc"})
        .floats("numbers", {1, 2, 3});
    writer.f32Tensor("one", {8, 1}, {1, 2, 3, 4, 5, 6, 7, 8})
        .tensor("two", {32, 16}, 8, std::string(544, 'q'));
    return writer;
}

} // namespace

TEST_CASE("A file that is not GGUF is refused", "[engine][gguf][hostile]") {
    CHECK(errorOf("GGU") == "not a GGUF file: it does not begin with 'GGUF'");
    CHECK(errorOf("%PDF-1.7 and so on, long enough to hold a header") ==
          "not a GGUF file: it does not begin with 'GGUF'");
    CHECK(errorOf("GGUF") == "the file ends inside the header at byte 4");
    CHECK(errorOf("GGUF" + rawNumber(std::uint32_t{3})) ==
          "the file ends inside the header at byte 8");

    GgufWriter writer;
    writer.version = 1;
    CHECK(errorOf(writer, ErrorCode::Unsupported) ==
          "GGUF version 1; this build reads versions 2 and 3");
    writer.version = 0;
    CHECK(errorOf(writer, ErrorCode::Unsupported) ==
          "GGUF version 0; this build reads versions 2 and 3");
    writer.version = 0x03000000;
    CHECK(errorOf(writer, ErrorCode::Unsupported) ==
          "the file is big-endian; only little-endian GGUF files can be read");
}

TEST_CASE("Shapes whose product or size overflows are refused", "[engine][gguf][hostile]") {
    // Class 1.
    CHECK(errorOf(oneTensor({(std::uint64_t{1} << 42U) + 1, 1U << 22U}, 0, 64)) ==
          "tensor 'w' has a shape whose product does not fit in 63 bits");
    CHECK(errorOf(oneTensor({1U << 16U, 1U << 16U, 1U << 16U, 1U << 16U}, 0, 64)) ==
          "tensor 'w' has a shape whose product does not fit in 63 bits");
    CHECK(errorOf(oneTensor({kHuge}, 0, 64)) ==
          "tensor 'w' has a shape whose product does not fit in 63 bits");
    CHECK(errorOf(oneTensor({std::uint64_t{1} << 62U}, 0, 64)) ==
          "tensor 'w' has a size in bytes that does not fit in 64 bits");
    // A product that wraps to zero.
    CHECK(errorOf(oneTensor({32, std::uint64_t{1} << 59U}, 8, 64)) ==
          "tensor 'w' has a shape whose product does not fit in 63 bits");
    CHECK(errorOf(oneTensor({0}, 0, 64)) == "tensor 'w' has an empty dimension at byte 33");
    CHECK(errorOf(oneTensor({8, 0, 4}, 0, 64)) == "tensor 'w' has an empty dimension at byte 33");
    CHECK(errorOf(oneTensor({}, 0, 64)) ==
          "tensor 'w' has 0 dimensions; 1 to 4 are possible at byte 33");
    CHECK(errorOf(oneTensor({1, 1, 1, 1, 1}, 0, 64)) ==
          "tensor 'w' has 5 dimensions; 1 to 4 are possible at byte 33");
    CHECK(errorOf(oneTensor({33, 1}, 8, 64)) ==
          "tensor 'w' has rows of 33 elements, not a multiple of the 32 of a Q8_0 block");
    CHECK(errorOf(oneTensor({128, 2}, 12, 144)) ==
          "tensor 'w' has rows of 128 elements, not a multiple of the 256 of a Q4_K block");
}

TEST_CASE("Tensors outside the file or over each other are refused", "[engine][gguf][hostile]") {
    // Class 2.
    CHECK(errorOf(oneTensor({32}, 0, 127)) ==
          "tensor 'w' needs 128 bytes from byte 0 of the tensor data, which has only 127");
    CHECK(errorOf(GgufWriter().tensorInfo("w", {8}, 0, kHuge - 31)) ==
          "tensor 'w' needs 32 bytes from byte 18446744073709551584 of the tensor data, which has "
          "only 0");
    CHECK(errorOf(GgufWriter().tensorInfo("w", {8}, 0, 33)) ==
          "tensor 'w' begins at 33, which is not a multiple of the alignment 32");
    CHECK(errorOf(GgufWriter().tensorInfo("w", {8}, 99, 0)) ==
          "tensor 'w' needs 1 bytes from byte 0 of the tensor data, which has only 0");

    GgufWriter overlap;
    overlap.tensor("a", {32}, 0, std::string(128, 'x')).tensorInfo("b", {8}, 0, 96);
    CHECK(errorOf(overlap) == "tensors 'a' and 'b' overlap");
    GgufWriter same;
    same.tensor("a", {8}, 99, std::string(32, 'x')).tensorInfo("b", {8}, 0, 0);
    CHECK(errorOf(same) == "tensors 'a' and 'b' overlap");
    GgufWriter twice;
    twice.f32Tensor("a", {1}, {1}).f32Tensor("a", {1}, {1});
    CHECK(errorOf(twice) == "tensor 'a' is there twice");
}

TEST_CASE("Counts beyond what the file can hold are refused", "[engine][gguf][hostile]") {
    // Class 3.
    GgufWriter writer;
    for (const std::uint64_t count :
         {std::uint64_t{1}, std::uint64_t{1} << 31U, std::uint64_t{1} << 60U, kHuge}) {
        writer.tensorCount = count;
        writer.keyCount = 0;
        CHECK(errorOf(writer) == "the header claims " + std::to_string(count) +
                                     " tensors, more than the file has room for (byte 8)");
        writer.tensorCount = 0;
        writer.keyCount = count;
        CHECK(errorOf(writer) == "the header claims " + std::to_string(count) +
                                     " keys, more than the file has room for (byte 16)");
    }
    // Room enough, but more than this reader takes.
    const std::string padding(70000 * 33, 'x');
    writer.keyCount = 70000;
    CHECK(errorOf(writer.bytes() + padding, ErrorCode::OutOfResources) ==
          "0 tensors and 70000 keys; this build reads at most 65536 of each");
}

TEST_CASE("Lengths of strings and arrays are limited", "[engine][gguf][hostile]") {
    // Class 4. None of these may allocate what it claims.
    const std::string u64Max = rawNumber(kHuge);
    CHECK(errorOf(GgufWriter().raw("k", GgufWriter::String, u64Max)) ==
          "the file ends inside key 'k' at byte 37");
    CHECK(errorOf(GgufWriter().raw("k", GgufWriter::String, rawNumber(std::uint64_t{1} << 40U))) ==
          "the file ends inside key 'k' at byte 37");
    CHECK(errorOf(GgufWriter().array("k", GgufWriter::U8, kHuge, "x")) ==
          "key 'k': the array claims 18446744073709551615 elements, more than the file has room "
          "for at byte 37");
    CHECK(errorOf(GgufWriter().array("k", GgufWriter::F64, (kHuge >> 3U) + 1, "12345678")) ==
          "key 'k': the array claims 2305843009213693952 elements, more than the file has room "
          "for at byte 37");
    CHECK(errorOf(GgufWriter().array("k", GgufWriter::String, 2, rawString("abcdefgh"))) ==
          "key 'k': the file ends inside element 1 at byte 65");
    CHECK(errorOf(GgufWriter().array("k", GgufWriter::String, 1, u64Max)) ==
          "key 'k': the file ends inside element 0 at byte 49");
    CHECK(errorOf(GgufWriter().array(
                      "k", GgufWriter::String, 1, rawString(std::string((1U << 20U) + 1, 'x'))),
                  ErrorCode::OutOfResources) ==
          "key 'k': element 0 has 1048577 bytes; this build reads at most 1048576");
    CHECK(errorOf(GgufWriter().string("k", std::string((16U << 20U) + 1, 'x')),
                  ErrorCode::OutOfResources) ==
          "key 'k' is a string of 16777217 bytes; this build reads at most 16777216");
    const std::size_t many = (16U << 20U) + 1;
    CHECK(errorOf(GgufWriter().array("k", GgufWriter::U8, many, std::string(many, 'x')),
                  ErrorCode::OutOfResources) ==
          "key 'k': array of 16777217 elements; this build reads at most 16777216");
    CHECK(errorOf(GgufWriter().u32(std::string(65536, 'k'), 1)) ==
          "a key is empty, too long or not printable text at byte 24");
    CHECK(errorOf(GgufWriter().f32Tensor(std::string(256, 't'), {1}, {1})) ==
          "a tensor name is empty, too long or not printable text at byte 24");

    // Arrays of arrays of arrays …
    std::string nested;
    for (int depth = 0; depth < 100000; ++depth) {
        nested += rawNumber(std::uint32_t{GgufWriter::Array}) + rawNumber(std::uint64_t{1});
    }
    CHECK(errorOf(GgufWriter().raw("k", GgufWriter::Array, nested), ErrorCode::OutOfResources) ==
          "key 'k': arrays are nested deeper than 4 at byte 73");
}

TEST_CASE("The alignment must be a sensible power of two", "[engine][gguf][hostile]") {
    // Class 5, and class 6: paddings that wrap.
    for (const std::uint32_t alignment : {0U, 1U, 4U, 31U, 33U, 48U, 131072U, 0x80000000U, ~0U}) {
        CHECK(errorOf(GgufWriter().u32("general.alignment", alignment)) ==
              "key 'general.alignment' is " + std::to_string(alignment) +
                  "; it must be a power of two from 8 to 65536");
    }
    CHECK(errorOf(GgufWriter().u64("general.alignment", 32)) ==
          "key 'general.alignment' is u64, not u32");
    CHECK(errorOf(GgufWriter().string("general.alignment", "32")) ==
          "key 'general.alignment' is a string, not u32");

    GgufWriter large;
    large.alignment = 65536;
    large.u32("general.alignment", 65536).f32Tensor("w", {1}, {1});
    const TemporaryFile file(large.bytes());
    CHECK(GgufFile::open(file.path()).ok());
    CHECK(errorOf(large.bytes().substr(0, 1000)) ==
          "the file ends inside the padding before the tensor data at byte 90");
}

TEST_CASE("Keys and values must have known types", "[engine][gguf][hostile]") {
    // Class 7, apart from the readers, which gguf_test.cpp checks on every type.
    CHECK(errorOf(GgufWriter().raw("k", 13, "xxxxxxxx")) ==
          "key 'k' has the unknown value type 13 at byte 33");
    CHECK(errorOf(GgufWriter().array("k", 13, 1, "x")) ==
          "key 'k': array of the unknown type 13 at byte 37");
    CHECK(errorOf(GgufWriter().array("k", 0xFFFFFFFF, 1, "x")) ==
          "key 'k': array of the unknown type 4294967295 at byte 37");
    CHECK(errorOf(GgufWriter().raw("k", GgufWriter::Bool, "\2")) ==
          "key 'k' is a bool that is neither 0 nor 1 at byte 37");
    CHECK(errorOf(GgufWriter().u32("k", 1).u32("k", 2)) == "key 'k' is there twice");
    for (const char* key : {"", "a\nb", "\x1b[2J", "\xC0\xAF", "\x7f"}) {
        CHECK(errorOf(GgufWriter().u32(key, 1)) ==
              "a key is empty, too long or not printable text at byte 24");
    }
}

TEST_CASE("A file that ends early is refused wherever it ends", "[engine][gguf][hostile]") {
    const std::string whole = smallFile().bytes();
    {
        const TemporaryFile file(whole);
        REQUIRE(GgufFile::open(file.path()).ok());
    }
    TemporaryFile file("");
    for (std::size_t size = 1; size < whole.size(); ++size) {
        file.rewrite(std::string_view(whole).substr(0, size));
        const auto opened = GgufFile::open(file.path());
        CAPTURE(size);
        REQUIRE(!opened.ok());
        REQUIRE(opened.error().code == ErrorCode::InvalidInput);
    }
}

TEST_CASE("Reading mutated files gives a value or an error", "[engine][gguf][hostile]") {
    // Classes 8 to 10: nothing may crash, abort or hang, up to the tokenizer and the chat format.
    const std::string vocabulary = [] {
        std::ifstream in(ATTEST_SOURCE_DIR "/tests/data/tokenizers/spm-llama.gguf",
                         std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }();
    REQUIRE(vocabulary.size() > 10000);
    test::ByteMutator mutator(20261121);
    TemporaryFile file("");
    std::size_t opened = 0;
    std::size_t loaded = 0;
    for (int round = 0; round < 3000; ++round) {
        file.rewrite(mutator.mutate(round % 2 == 0 ? smallFile().bytes() : vocabulary));
        const auto gguf = GgufFile::open(file.path());
        if (!gguf.ok()) {
            REQUIRE_FALSE(gguf.error().message.empty());
            continue;
        }
        ++opened;
        std::size_t sum = 0;
        for (const TensorInfo& tensor : gguf.value().tensors()) {
            for (const std::byte value : tensor.data) {
                sum += std::to_integer<std::size_t>(value);
            }
        }
        for (const std::string_view key : gguf.value().keys()) {
            sum += std::size_t(gguf.value().strings(key).ok());
            sum += std::size_t(gguf.value().floats(key).ok());
            sum += std::size_t(gguf.value().integers(key).ok());
        }
        CHECK(sum < kHuge);
        const auto tokenizer = Tokenizer::load(gguf.value());
        const auto format = ChatFormat::recognise(gguf.value());
        if (tokenizer.ok() && format.ok()) {
            ++loaded;
            const auto tokens = format.value().encode(tokenizer.value(),
                                                      {{ChatRole::User, "Größe 3 µm \xFF<s></s>"}});
            for (const TokenId token : tokens) {
                REQUIRE(std::size_t(token) < tokenizer.value().vocabularySize());
            }
        }
    }
    // Otherwise the mutations would only ever test the first check.
    CHECK(opened > 400);
    CHECK(loaded > 50);
}
