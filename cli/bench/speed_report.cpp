#include "cli/bench/speed.h"
#include "cli/terminal.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace attest::cli {

namespace {

std::string number(double value, int digits) {
    std::array<char, 64> text = {};
    std::snprintf(text.data(), text.size(), "%.*f", digits, value);
    return text.data();
}

// Three digits that mean something.
std::string shortNumber(double value) {
    const double size = std::fabs(value);
    return number(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 || size == 0 ? 2 : 4);
}

std::string withUnit(double value, SpeedUnit unit) {
    switch (unit) {
    case SpeedUnit::Seconds:
        return shortNumber(value * 1e3) + " ms";
    case SpeedUnit::TokensPerSecond:
        return shortNumber(value) + " tokens/s";
    case SpeedUnit::Times:
        return shortNumber(value) + " times";
    case SpeedUnit::Bytes:
        return byteSize(static_cast<std::uint64_t>(value));
    }
    return {};
}

std::string_view unitName(SpeedUnit unit) {
    switch (unit) {
    case SpeedUnit::Seconds:
        return "s";
    case SpeedUnit::TokensPerSecond:
        return "tokens/s";
    case SpeedUnit::Times:
        return "times";
    case SpeedUnit::Bytes:
        return "bytes";
    }
    return {};
}

std::string giga(double perSecond, const char* unit) {
    return perSecond > 0 ? shortNumber(perSecond / 1e9) + " " + unit : std::string("none");
}

std::string head(const SpeedReport& report) {
    const engine::MachineLimits& limits = report.limits;
    std::string text = report.model.substr(0, 80) + ": " + report.weightTypes.substr(0, 60) + ", " +
                       byteSize(report.fileBytes) + "\n";
    text += counted(limits.threads, "thread") + ", kernels " + report.kernels +
            ", keys and values " + report.kvType + "\n";
    text += "limits: reading " + giga(limits.readBytesPerSecond, "GB/s") + "; f32 " +
            giga(limits.f32PerSecond, "Gop/s") + ", bfloat16 " +
            giga(limits.bf16PerSecond, "Gop/s") + ", int8 " + giga(limits.int8PerSecond, "Gop/s");
    if (limits.tileInt8PerSecond > 0) {
        text += "; AMX bfloat16 " + giga(limits.tileBf16PerSecond, "Gop/s") + ", int8 " +
                giga(limits.tileInt8PerSecond, "Gop/s");
    }
    return text + "\n\n";
}

std::string jsonText(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            quoted += '\\';
        }
        quoted += c;
    }
    return quoted + "\"";
}

// JSON has no infinity and no NaN.
std::string jsonNumber(double value) {
    std::array<char, 64> text = {};
    std::snprintf(text.data(), text.size(), "%.9g", value);
    return std::isfinite(value) ? text.data() : "null";
}

std::string jsonNumber(const std::optional<double>& value) {
    return value ? jsonNumber(*value) : "null";
}

} // namespace

std::string_view toString(engine::KvType type) {
    switch (type) {
    case engine::KvType::F32:
        return "f32";
    case engine::KvType::F16:
        return "f16";
    case engine::KvType::Q8_0:
        return "q8_0";
    }
    return {};
}

std::string speedTable(const SpeedReport& report) {
    const bool hasTiles = report.limits.tileInt8PerSecond > 0;
    std::vector<Column> columns = {{"measured"}, {"value", true}, {"limit", true}, {"share", true}};
    if (hasTiles) {
        columns.push_back({"of AMX", true});
    }
    std::vector<std::vector<std::string>> rows;
    for (const SpeedRow& row : report.rows) {
        rows.push_back({row.what,
                        withUnit(row.value, row.unit),
                        row.limit ? withUnit(*row.limit, row.unit) : "",
                        row.share ? number(*row.share, 2) : ""});
        if (hasTiles) {
            rows.back().push_back(row.tileShare ? number(*row.tileShare, 2) : "");
        }
    }
    return printable(head(report)) + table(columns, rows, terminalWidth());
}

std::string speedJson(const SpeedReport& report) {
    const engine::MachineLimits& limits = report.limits;
    std::string text = "{\n  \"model\": " + jsonText(printable(report.model)) +
                       ",\n  \"weight_types\": " + jsonText(printable(report.weightTypes)) +
                       ",\n  \"file_bytes\": " + std::to_string(report.fileBytes) +
                       ",\n  \"parameters\": " + std::to_string(report.parameterCount) +
                       ",\n  \"threads\": " + std::to_string(limits.threads) +
                       ",\n  \"kernels\": " + jsonText(report.kernels) +
                       ",\n  \"kv\": " + jsonText(report.kvType) +
                       ",\n  \"limits\": {\n    \"read_bytes_per_second\": " +
                       jsonNumber(limits.readBytesPerSecond) +
                       ",\n    \"f32_per_second\": " + jsonNumber(limits.f32PerSecond) +
                       ",\n    \"bf16_per_second\": " + jsonNumber(limits.bf16PerSecond) +
                       ",\n    \"int8_per_second\": " + jsonNumber(limits.int8PerSecond) +
                       ",\n    \"amx_bf16_per_second\": " + jsonNumber(limits.tileBf16PerSecond) +
                       ",\n    \"amx_int8_per_second\": " + jsonNumber(limits.tileInt8PerSecond) +
                       "\n  },\n  \"rows\": [\n";
    for (std::size_t i = 0; i < report.rows.size(); ++i) {
        const SpeedRow& row = report.rows[i];
        text += "    {\"id\": " + jsonText(row.id) + ", \"value\": " + jsonNumber(row.value) +
                ", \"unit\": " + jsonText(unitName(row.unit)) +
                ", \"limit\": " + jsonNumber(row.limit) + ", \"share\": " + jsonNumber(row.share) +
                ", \"amx_share\": " + jsonNumber(row.tileShare) + "}" +
                (i + 1 < report.rows.size() ? ",\n" : "\n");
    }
    return text + "  ]\n}\n";
}

} // namespace attest::cli
