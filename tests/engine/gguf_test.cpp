#include "engine/gguf.h"

#include "support/catch.h"
#include "support/gguf_writer.h"

#include <cstring>
#include <filesystem>
#include <limits>

using namespace attest;
using namespace attest::engine;
using attest::test::GgufWriter;
using attest::test::rawNumber;
using attest::test::rawString;
using attest::test::TemporaryFile;

namespace {

Result<GgufFile> openBytes(std::string_view bytes) {
    const TemporaryFile file(bytes); // the mapping outlives the name
    return GgufFile::open(file.path());
}

// Every value type once, and three tensors of different types.
GgufWriter sample() {
    GgufWriter writer;
    writer.string("general.architecture", "llama")
        .u32("a.u32", 7)
        .u64("a.u64", std::numeric_limits<std::uint64_t>::max())
        .i32("a.i32", -5)
        .raw("a.u8", GgufWriter::U8, rawNumber(std::uint8_t{200}))
        .raw("a.i8", GgufWriter::I8, rawNumber(std::int8_t{-7}))
        .raw("a.u16", GgufWriter::U16, rawNumber(std::uint16_t{60000}))
        .raw("a.i16", GgufWriter::I16, rawNumber(std::int16_t{300}))
        .raw("a.i64", GgufWriter::I64, rawNumber(std::int64_t{1} << 40))
        .f32("a.f32", 0.5F)
        .raw("a.f64", GgufWriter::F64, rawNumber(1e-5))
        .boolean("a.yes", true)
        .boolean("a.no", false)
        .strings("a.strings", {"one", "", "\xFF"})
        .floats("a.floats", {1.5F, -2})
        .ints("a.ints", {3, -4})
        .array("a.nested",
               GgufWriter::Array,
               1,
               rawNumber(std::uint32_t{GgufWriter::U8}) + rawNumber(std::uint64_t{2}) + "xy");
    writer.f32Tensor("one", {2, 3}, {1, 2, 3, 4, 5, 6})
        .tensor("two", {32, 2}, 8, std::string(68, 'q'))
        .tensor("three", {256}, 14, std::string(210, 'k'));
    return writer;
}

// For GgufFile::copyIntoMemory().
attest::Result<void> asItIs(std::byte*) {
    return {};
}

} // namespace

TEST_CASE("a copy in memory takes the place of the mapping", "[engine][gguf]") {
    // More than is read at a time, and not a whole number of pages.
    const std::size_t blocks = 280'001;
    const std::string large(34 * blocks, 'q');
    GgufWriter writer = sample();
    writer.tensor("large", {32 * blocks}, 8, large);
    const std::string bytes = writer.bytes();
    const TemporaryFile temporary(bytes);
    auto opened = GgufFile::open(temporary.path());
    REQUIRE(opened.ok());
    GgufFile file = std::move(opened).value();
    const TensorInfo* tensor = file.findTensor("large");
    REQUIRE(tensor != nullptr);
    const std::byte* const before = tensor->data.data();
    ThreadPool pool(3);

    REQUIRE(file.copyIntoMemory(pool,
                                [&](std::byte* copy) -> Result<void> {
                                    // At the same distances, and not what tensors point to yet.
                                    std::byte& last =
                                        copy[before - file.bytes().data() + long(large.size()) - 1];
                                    CHECK(last == std::byte(large.back()));
                                    last = std::byte(7);
                                    return {};
                                })
                .ok());

    CHECK(tensor->data.data() == before);
    // The file may now become what it likes.
    std::filesystem::resize_file(temporary.path(), 0);
    CHECK(std::memcmp(tensor->data.data(), large.data(), large.size() - 1) == 0);
    CHECK(tensor->data.back() == std::byte(7));
    CHECK(file.stringValue("general.architecture").value() == "llama");
    CHECK(file.copyIntoMemory(pool, asItIs).ok()); // there is a copy already
}

TEST_CASE("a copy that cannot be arranged leaves the mapping as it was", "[engine][gguf]") {
    const TemporaryFile temporary(sample().bytes());
    auto file = GgufFile::open(temporary.path());
    REQUIRE(file.ok());
    ThreadPool pool(1);

    const auto copied = file.value().copyIntoMemory(pool, [](std::byte*) -> Result<void> {
        return Error{ErrorCode::OutOfResources, "no room"};
    });

    REQUIRE_FALSE(copied.ok());
    CHECK(copied.error().code == ErrorCode::OutOfResources);
    CHECK_FALSE(file.value().isInMemory());
    CHECK(file.value().unsignedValue("a.u32").value() == 7);
}

TEST_CASE("a file that has become shorter is not copied", "[engine][gguf]") {
    const std::string bytes = sample().bytes();
    const TemporaryFile temporary(bytes);
    auto file = GgufFile::open(temporary.path());
    REQUIRE(file.ok());
    std::filesystem::resize_file(temporary.path(), bytes.size() - 1);
    ThreadPool pool(1);

    const auto copied = file.value().copyIntoMemory(pool, asItIs);

    REQUIRE_FALSE(copied.ok());
    CHECK(copied.error().code == ErrorCode::Io);
    CHECK_THAT(copied.error().message, Catch::Matchers::Contains("shorter"));
    CHECK(file.value().unsignedValue("a.u32").value() == 7);
}

TEST_CASE("Opening a GGUF file gives its keys and values", "[engine][gguf]") {
    const auto version = GENERATE(2U, 3U);
    GgufWriter writer = sample();
    writer.version = version;

    const auto file = openBytes(writer.bytes());

    REQUIRE(file.ok());
    const GgufFile& gguf = file.value();
    CHECK(gguf.version() == version);
    CHECK(gguf.fileSize() == writer.bytes().size());
    CHECK(gguf.keys().size() == 17);
    CHECK(gguf.keys()[1] == "a.u32");
    CHECK(gguf.has("a.nested"));
    CHECK_FALSE(gguf.has("a.nest"));
    CHECK(gguf.stringValue("general.architecture").value() == "llama");
    CHECK(gguf.unsignedValue("a.u32").value() == 7);
    CHECK(gguf.unsignedValue("a.u64").value() == std::numeric_limits<std::uint64_t>::max());
    CHECK(gguf.unsignedValue("a.u8").value() == 200);
    CHECK(gguf.unsignedValue("a.u16").value() == 60000);
    CHECK(gguf.unsignedValue("a.i16").value() == 300);
    CHECK(gguf.unsignedValue("a.i64").value() == std::uint64_t{1} << 40);
    CHECK(gguf.floatValue("a.f32").value() == 0.5);
    CHECK(gguf.floatValue("a.f64").value() == 1e-5);
    CHECK(gguf.boolValue("a.yes").value());
    CHECK_FALSE(gguf.boolValue("a.no").value());
    CHECK(gguf.strings("a.strings").value() == std::vector<std::string_view>{"one", "", "\xFF"});
    CHECK(gguf.floats("a.floats").value() == std::vector<float>{1.5F, -2});
    CHECK(gguf.integers("a.ints").value() == std::vector<std::int64_t>{3, -4});
}

TEST_CASE("A value of another type or range is an error that names the key", "[engine][gguf]") {
    const auto file = openBytes(sample().bytes());
    REQUIRE(file.ok());
    const GgufFile& gguf = file.value();

    const auto negative = gguf.unsignedValue("a.i32");
    REQUIRE(!negative.ok());
    CHECK(negative.error().code == ErrorCode::InvalidInput);
    CHECK(negative.error().message == "key 'a.i32' holds a number that is out of range");

    const auto wrong = gguf.floatValue("a.strings");
    REQUIRE(!wrong.ok());
    CHECK(wrong.error().code == ErrorCode::InvalidInput);
    CHECK(wrong.error().message ==
          "key 'a.strings' is an array of elements of type a string, not a floating-point number");

    const auto missing = gguf.unsignedValue("a.missing");
    REQUIRE(!missing.ok());
    CHECK(missing.error().code == ErrorCode::NotFound);

    for (const std::string_view key : gguf.keys()) {
        CAPTURE(key);
        const int readable = int(gguf.unsignedValue(key).ok()) + int(gguf.floatValue(key).ok()) +
                             int(gguf.boolValue(key).ok()) + int(gguf.stringValue(key).ok()) +
                             int(gguf.strings(key).ok()) + int(gguf.floats(key).ok()) +
                             int(gguf.integers(key).ok());
        const bool unreadable = key == "a.nested" || key == "a.i32" || key == "a.i8";
        CHECK(readable == (unreadable ? 0 : 1));
    }
}

TEST_CASE("A default replaces a missing key, never one of the wrong type", "[engine][gguf]") {
    const auto file = openBytes(sample().bytes());
    REQUIRE(file.ok());
    const GgufFile& gguf = file.value();

    CHECK(gguf.unsignedOr("missing", 9).value() == 9);
    CHECK(gguf.unsignedOr("a.u32", 9).value() == 7);
    CHECK(gguf.floatOr("missing", 0.25).value() == 0.25);
    CHECK(gguf.boolOr("missing", true).value());
    CHECK(gguf.stringOr("missing", "x").value() == "x");
    CHECK_FALSE(gguf.unsignedOr("a.f32", 9).ok());
    CHECK_FALSE(gguf.boolOr("a.u32", false).ok());
}

TEST_CASE("A string value that is not UTF-8 is refused", "[engine][gguf]") {
    const auto file = openBytes(GgufWriter().string("general.name", "\xC0\xAF").bytes());
    REQUIRE(file.ok());

    const auto name = file.value().stringValue("general.name");

    REQUIRE(!name.ok());
    CHECK(name.error().message == "key 'general.name' is not valid UTF-8");
}

TEST_CASE("Tensors are views of their bytes in the file", "[engine][gguf]") {
    const auto file = openBytes(sample().bytes());
    REQUIRE(file.ok());

    REQUIRE(file.value().tensors().size() == 3);
    const TensorInfo* one = file.value().findTensor("one");
    REQUIRE(one != nullptr);
    CHECK(one->type == TensorType::F32);
    CHECK(one->shape == std::vector<std::uint64_t>{2, 3});
    REQUIRE(one->data.size() == 24);
    float last = 0;
    std::memcpy(&last, one->data.data() + 20, sizeof last);
    CHECK(last == 6);
    const TensorInfo* three = file.value().findTensor("three");
    REQUIRE(three != nullptr);
    CHECK(three->data.size() == 210);
    CHECK(three->data.back() == std::byte{'k'});
    CHECK(file.value().findTensor("four") == nullptr);
    CHECK(file.value().findTensor("") == nullptr);
}

TEST_CASE("A tensor of a type this build cannot compute with is listed", "[engine][gguf]") {
    GgufWriter writer;
    writer.tensor("known", {4}, 0, std::string(16, 'x')).tensor("odd", {256}, 99, "data");

    const auto file = openBytes(writer.bytes());

    REQUIRE(file.ok());
    CHECK(file.value().tensors()[1].data.empty());
    CHECK(toString(file.value().tensors()[1].type) == "type 99");
    CHECK(toString(TensorType(6)) == "Q5_0");
    CHECK(toString(TensorType::BF16) == "BF16");
    CHECK(toString(TensorType(39)) == "MXFP4");
    CHECK_FALSE(blockLayout(TensorType(9)).has_value());
}

TEST_CASE("A file without keys and tensors opens", "[engine][gguf]") {
    const auto file = openBytes(GgufWriter().bytes());

    REQUIRE(file.ok());
    CHECK(file.value().tensors().empty());
    CHECK(file.value().keys().empty());
}

TEST_CASE("What is not a readable file is refused with its name", "[engine][gguf]") {
    const auto missing = GgufFile::open("/nonexistent/model.gguf");
    REQUIRE(!missing.ok());
    CHECK(missing.error().code == ErrorCode::NotFound);
    CHECK(missing.error().message.find("'/nonexistent/model.gguf'") != std::string::npos);

    const auto folder = GgufFile::open("/tmp");
    REQUIRE(!folder.ok());
    CHECK(folder.error().code == ErrorCode::Io);
    CHECK(folder.error().message == "open model file '/tmp': not a regular file");

    const auto device = GgufFile::open("/dev/zero");
    REQUIRE(!device.ok());
    CHECK(device.error().code == ErrorCode::Io);

    const auto empty = openBytes("");
    REQUIRE(!empty.ok());
    CHECK(empty.error().code == ErrorCode::InvalidInput);
}
