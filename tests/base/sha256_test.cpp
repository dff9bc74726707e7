#include "base/sha256.h"

#include "support/catch.h"
#include "support/gguf_writer.h"

using namespace attest;

TEST_CASE("SHA-256 gives the hashes of the standard's examples", "[base][sha256]") {
    // FIPS 180-4 examples, and the empty message.
    CHECK(sha256Hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256Hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256Hex(std::string(1'000'000, 'a')) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-256 does not depend on how the data is cut", "[base][sha256]") {
    std::string data;
    for (int i = 0; i < 300; ++i) {
        data += char(i * 7);
    }

    // Lengths on both sides of every padding border, cut at every place.
    for (const std::size_t size : {1U, 55U, 56U, 57U, 63U, 64U, 65U, 119U, 120U, 128U, 300U}) {
        const std::string text = data.substr(0, size);
        const std::string whole = sha256Hex(text);
        for (std::size_t cut = 0; cut <= size; ++cut) {
            CAPTURE(size, cut);
            Sha256 hash;
            hash.update(std::string_view(text).substr(0, cut));
            const std::string early = hash.hexDigest();
            hash.update(std::string_view(text).substr(cut));
            CHECK(hash.hexDigest() == whole);
            CHECK(early == sha256Hex(text.substr(0, cut)));
        }
    }
}

TEST_CASE("A file's hash is that of its bytes", "[base][sha256]") {
    const std::string bytes(3'000'000, 'x');
    const test::TemporaryFile file(bytes);

    CHECK(sha256OfFile(file.path()).value() == sha256Hex(bytes));
}

TEST_CASE("Hashing a file reports what is wrong with it", "[base][sha256]") {
    const auto missing = sha256OfFile("/nonexistent/file");
    REQUIRE(!missing.ok());
    CHECK(missing.error().code == ErrorCode::NotFound);

    const auto folder = sha256OfFile("/");
    REQUIRE(!folder.ok());
    CHECK(folder.error().code == ErrorCode::Io);

    const test::TemporaryFile file("abc");
    std::stop_source stop;
    stop.request_stop();
    const auto cancelled = sha256OfFile(file.path(), stop.get_token());
    REQUIRE(!cancelled.ok());
    CHECK(cancelled.error().code == ErrorCode::Cancelled);
}
