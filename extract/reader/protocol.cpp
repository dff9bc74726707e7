#include "extract/reader/protocol.h"

#include "extract/reader/payload_reader.h"

namespace attest::reader {

namespace {

constexpr std::array<std::uint32_t, 256> makeCrcTable() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit) {
            value = (value & 1U) != 0 ? (value >> 1U) ^ 0xEDB88320U : value >> 1U;
        }
        table[byte] = value;
    }
    return table;
}

constexpr std::array<std::uint32_t, 256> kCrcTable = makeCrcTable();

} // namespace

std::uint32_t crc32(std::string_view data) {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char byte : data) {
        crc = kCrcTable[(crc ^ static_cast<unsigned char>(byte)) & 0xFFU] ^ (crc >> 8U);
    }
    return crc ^ 0xFFFFFFFFU;
}

bool FrameHeader::isSound() const {
    return magic == kMagic && version == kVersion && payloadBytes <= kMaxPayloadBytes;
}

FrameHeader readFrameHeader(std::string_view bytes) {
    PayloadReader in(bytes.substr(0, kHeaderBytes));
    FrameHeader header;
    header.magic = in.number<std::uint32_t>();
    header.version = in.number<std::uint16_t>();
    header.type = static_cast<FrameType>(in.number<std::uint16_t>());
    header.payloadBytes = in.number<std::uint32_t>();
    header.checksum = in.number<std::uint32_t>();
    return header;
}

std::string makeFrame(FrameType type, std::string_view payload) {
    std::string frame;
    frame.reserve(kHeaderBytes + payload.size());
    putNumber(frame, kMagic);
    putNumber(frame, kVersion);
    putNumber(frame, static_cast<std::uint16_t>(type));
    putNumber(frame, static_cast<std::uint32_t>(payload.size()));
    putNumber(frame, crc32(payload));
    frame += payload;
    return frame;
}

} // namespace attest::reader
