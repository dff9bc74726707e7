// What the tests of PartDecoder share: templates, chunks and the checks of a decoded part.
#pragma once

#include "engine/chat_format.h"
#include "engine/model.h"
#include "engine/session.h"
#include "engine/thread_pool.h"
#include "extract/decode/part_decoder.h"
#include "extract/decode/vocabulary_index.h"
#include "extract/page_text.h"
#include "extract/template.h"
#include "support/answer_checker.h"
#include "support/catch.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace attest::extract::test {

inline TemplatePart builtInPart(const std::string& name, std::size_t index) {
    std::ifstream file(std::string(ATTEST_SOURCE_DIR) + "/resources/templates/" + name + ".json");
    const std::string json{std::istreambuf_iterator<char>(file), {}};
    Result<Template> parsed = Template::parse(json, name);
    REQUIRE(parsed.ok());
    return parsed.value().parts().at(index);
}

// Two pages: a table with its repeated header as context, then a note.
struct TestDocument {
    std::vector<std::string> pages{"DISCHARGE MEDICATIONS\n\nDrug  Dose\nMetformin  500 mg\n"
                                   "Aspirin \"ASS\"  5 mg\n500 mg of \\ nothing",
                                   "Größe 5 mg - see\nabove.\n\nDr. Ångström (signed)"};

    Chunk chunk() const {
        const std::size_t row = pages[0].find("Metformin");
        const std::size_t header = pages[0].find("Drug");
        Chunk result;
        result.text =
            pages[0].substr(header, row - header) + pages[0].substr(row) + "\n\n" + pages[1];
        const std::size_t tableSize = pages[0].size() - row;
        result.segments = {{{0, header, row - 1}, 0, true},
                           {{0, row, pages[0].size()}, row - header, false},
                           {{1, 0, pages[1].size()}, row - header + tableSize + 2, false}};
        return result;
    }
};

// The answer is one that the independent checker accepts, and every verbatim value is what the
// stored page says at its place.
inline void
checkAnswer(const TemplatePart& part, const TestDocument& document, const DecodedPart& answer) {
    CAPTURE(answer.json);
    const Chunk chunk = document.chunk();
    AnswerChecker checker(part, chunk);
    CHECK(checker.isAnswer(answer.json));
    std::size_t anchorsEnd = 0;
    for (const DecodedValue& value : answer.values) {
        CAPTURE(value.pointer);
        CHECK(value.logProbability <= 0);
        CHECK((value.minFeasibleMass >= 0 && value.minFeasibleMass <= 1));
        if (value.kind != FieldKind::Verbatim || !value.text) {
            CHECK_FALSE(value.span);
            continue;
        }
        REQUIRE(value.span);
        const std::string& page = document.pages.at(std::size_t(value.span->pageIndex));
        REQUIRE((value.span->begin < value.span->end && value.span->end <= page.size()));
        CHECK(spanValue(page.substr(value.span->begin, value.span->end - value.span->begin)) ==
              *value.text);
        CHECK(isWordStart(page, value.span->begin));
        CHECK(isWordEnd(page, value.span->end));
        if (value.pointer.ends_with("/drug")) {
            const std::size_t at = std::size_t(value.span->pageIndex) * 100'000 + value.span->begin;
            CHECK(at >= anchorsEnd);
            anchorsEnd = at + value.span->end - value.span->begin;
        }
    }
}

// A model with a session and a decoder.
struct Decoding {
    explicit Decoding(const std::filesystem::path& path, std::uint32_t contextLength = 0)
        : pool(1)
        , model(load(path))
        , format(chosen(*model))
        , session(create(contextLength))
        , index(model->tokenizer())
        , decoder(*model, format, session, index) {}

    DecodedPart
    decode(const TemplatePart& part, const Chunk& chunk, const PartDecoderOptions& options = {}) {
        Result<DecodedPart> answer = decoder.decode(part, chunk, options, {});
        INFO((answer.ok() ? std::string() : answer.error().message));
        REQUIRE(answer.ok());
        return std::move(answer).value();
    }

    engine::ThreadPool pool;
    std::shared_ptr<const engine::Model> model;
    engine::ChatFormat format;
    engine::Session session;
    VocabularyIndex index;
    PartDecoder decoder;

private:
    static std::shared_ptr<const engine::Model> load(const std::filesystem::path& path) {
        auto loaded = engine::Model::load(path);
        INFO((loaded.ok() ? std::string() : loaded.error().message));
        REQUIRE(loaded.ok());
        return std::move(loaded).value();
    }

    static engine::ChatFormat chosen(const engine::Model& model) {
        REQUIRE(model.chatFormat().ok());
        return model.chatFormat().value();
    }

    engine::Session create(std::uint32_t contextLength) {
        engine::SessionOptions options;
        options.contextLength = contextLength;
        auto created = engine::Session::create(model, pool, options);
        INFO((created.ok() ? std::string() : created.error().message));
        REQUIRE(created.ok());
        return std::move(created).value();
    }
};

inline void checkSame(const DecodedPart& a, const DecodedPart& b) {
    CHECK(a.json == b.json);
    CHECK(a.isTruncated == b.isTruncated);
    CHECK(a.answerTokens == b.answerTokens);
    CHECK(a.forcedTokens == b.forcedTokens);
    REQUIRE(a.values.size() == b.values.size());
    for (std::size_t i = 0; i < a.values.size(); ++i) {
        CHECK(a.values[i].pointer == b.values[i].pointer);
        CHECK(a.values[i].text == b.values[i].text);
        CHECK(a.values[i].span == b.values[i].span);
        CHECK(a.values[i].logProbability == b.values[i].logProbability); // the same logits
        CHECK(a.values[i].minFeasibleMass == b.values[i].minFeasibleMass);
    }
}

} // namespace attest::extract::test
