#include "extract/text/note_encoding.h"

#include "base/utf8.h"

#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <memory>

namespace attest::extract {

namespace {

constexpr std::size_t kSampleBytes = std::size_t{64} << 10U; // what guesses look at
constexpr std::size_t kMinSigns = 6; // fewer bytes above 0x7F say nothing about the encoding

struct Mark {
    std::string_view bytes;
    const char* encoding;
};

// UTF-32LE begins with the mark of UTF-16LE, so it comes first.
constexpr std::array<Mark, 5> kMarks = {{{{"\xFF\xFE\0\0", 4}, "UTF-32LE"},
                                         {{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
                                         {{"\xEF\xBB\xBF", 3}, "UTF-8"},
                                         {{"\xFF\xFE", 2}, "UTF-16LE"},
                                         {{"\xFE\xFF", 2}, "UTF-16BE"}}};

// Mostly Latin text in UTF-16 or UTF-32 has a zero in all but one of 2 or 4 places.
const char* wideEncoding(std::string_view sample) {
    std::array<std::size_t, 4> zeros{};
    for (std::size_t i = 0; i < sample.size(); ++i) {
        zeros[i % 4] += sample[i] == '\0' ? 1U : 0U;
    }
    const std::size_t units = sample.size() / 4;
    const auto many = [units](std::size_t count) {
        return units > 0 && count * 2 > units;
    };
    const auto few = [units](std::size_t count) {
        return count * 10 <= units;
    };
    if (many(zeros[1]) && many(zeros[2]) && many(zeros[3]) && few(zeros[0])) {
        return "UTF-32LE";
    }
    if (many(zeros[0]) && many(zeros[1]) && many(zeros[2]) && few(zeros[3])) {
        return "UTF-32BE";
    }
    if (many(zeros[1]) && many(zeros[3]) && few(zeros[0]) && few(zeros[2])) {
        return "UTF-16LE";
    }
    if (many(zeros[0]) && many(zeros[2]) && few(zeros[1]) && few(zeros[3])) {
        return "UTF-16BE";
    }
    return nullptr;
}

std::string guessEncoding(std::string_view sample) {
    const auto signs = static_cast<std::size_t>(std::count_if(
        sample.begin(), sample.end(), [](char byte) { return (byte & '\x80') != 0; }));
    if (signs < kMinSigns) {
        return "windows-1252";
    }
    const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(),
                                                                         &uchardet_delete);
    std::string guess;
    if (uchardet_handle_data(detector.get(), sample.data(), sample.size()) == 0) {
        uchardet_data_end(detector.get());
        guess = uchardet_get_charset(detector.get());
    }
    // Windows-1252 has the printable characters of both and typographic ones besides.
    const bool isLatin1 =
        guess.empty() || guess == "ISO-8859-1" || guess == "ASCII" || guess == "UTF-8";
    return isLatin1 ? "windows-1252" : guess;
}

// nullopt-like: empty when ICU does not know the encoding.
std::string convert(std::string_view bytes, const char* encoding) {
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> from(ucnv_open(encoding, &error),
                                                                  &ucnv_close);
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> to(ucnv_open("UTF-8", &error),
                                                                &ucnv_close);
    if (U_FAILURE(error)) {
        return {};
    }
    std::string out;
    std::array<char, 4096> buffer;
    std::array<UChar, 1024> pivot;
    UChar* pivotBegin = pivot.data();
    UChar* pivotEnd = pivot.data();
    const char* source = bytes.data();
    const char* end = bytes.data() + bytes.size();
    bool isFirst = true;
    do {
        error = U_ZERO_ERROR;
        char* target = buffer.data();
        ucnv_convertEx(to.get(),
                       from.get(),
                       &target,
                       buffer.data() + buffer.size(),
                       &source,
                       end,
                       pivot.data(),
                       &pivotBegin,
                       &pivotEnd,
                       pivot.data() + pivot.size(),
                       isFirst ? 1 : 0,
                       1,
                       &error);
        out.append(buffer.data(), static_cast<std::size_t>(target - buffer.data()));
        isFirst = false;
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    return U_SUCCESS(error) ? out : std::string{};
}

// Control characters that no text editor writes.
bool looksBinary(std::string_view text) {
    const std::string_view sample = text.substr(0, kSampleBytes);
    std::size_t controls = 0;
    for (const char byte : sample) {
        const auto value = static_cast<unsigned char>(byte);
        const bool isControl = (value < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' &&
                                byte != '\f' && byte != '\v' && byte != '\x1B') ||
                               value == 0x7F;
        controls += isControl ? 1U : 0U;
    }
    return controls * 50 > sample.size() + 50;
}

std::string decode(std::string_view bytes) {
    for (const Mark& mark : kMarks) {
        if (bytes.substr(0, mark.bytes.size()) == mark.bytes) {
            return convert(bytes.substr(mark.bytes.size()), mark.encoding);
        }
    }
    const std::string_view sample = bytes.substr(0, kSampleBytes);
    if (const char* wide = wideEncoding(sample)) {
        return convert(bytes, wide);
    }
    if (isValidUtf8(bytes)) {
        return std::string(bytes);
    }
    std::string text = convert(bytes, guessEncoding(sample).c_str());
    return text.empty() ? convert(bytes, "windows-1252") : text;
}

} // namespace

Result<std::string> noteToUtf8(std::string_view bytes) {
    std::string text = decode(bytes);
    if (looksBinary(text)) {
        return Error{ErrorCode::Unsupported, "binary data, not text"};
    }
    return text;
}

} // namespace attest::extract
