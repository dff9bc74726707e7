#include "engine/tokenizer/bpe.h"

#include "engine/gguf.h"
#include "engine/tokenizer/byte_alphabet.h"
#include "engine/tokenizer/piece_cache.h"

#include <algorithm>
#include <span>
#include <string>

namespace attest::engine {

namespace {

constexpr std::size_t kMaxMerges = 1U << 21U;

// A piece that the pre-tokenizer does not cut, for instance a megabyte of letters without a space,
// is cut at this length; the tokens at the cut may differ from those of the whole.
constexpr std::size_t kPieceBytes = 1U << 14U;

std::uint64_t pairKey(TokenId left, TokenId right) {
    return (std::uint64_t(std::uint32_t(left)) << 32U) | std::uint32_t(right);
}

Error badMerge(std::size_t index, const std::string& why) {
    return Error{ErrorCode::InvalidInput, "merge " + std::to_string(index) + " " + why};
}

} // namespace

Result<BpeEncoder> BpeEncoder::load(const GgufFile& file,
                                    const Vocabulary& vocabulary,
                                    const PreTokenizerTraits& traits) {
    ATTEST_TRY_ASSIGN(const auto merges, file.strings("tokenizer.ggml.merges"));
    if (merges.size() > kMaxMerges) {
        return Error{ErrorCode::OutOfResources,
                     std::to_string(merges.size()) + " merges; this build reads at most " +
                         std::to_string(kMaxMerges)};
    }
    BpeEncoder encoder(traits);
    encoder.merges_ = KeyedTable<std::uint64_t, Merge>(merges.size());
    for (std::size_t i = 0; i < merges.size(); ++i) {
        const std::string_view merge = merges[i];
        const std::size_t space = merge.find(' ', 1);
        if (space == std::string_view::npos || space + 1 == merge.size()) {
            return badMerge(i, "is not two texts with a space between them");
        }
        const std::string_view left = merge.substr(0, space);
        const std::string_view right = merge.substr(space + 1);
        const TokenId* joined = vocabulary.find(std::string(left) + std::string(right));
        const TokenId* leftToken = vocabulary.find(left);
        const TokenId* rightToken = vocabulary.find(right);
        if (leftToken == nullptr || rightToken == nullptr || joined == nullptr) {
            return badMerge(i, "names a text that is not in the vocabulary");
        }
        // Special tokens never come out of text; vocabularies that were trained on raw chats list
        // such merges.
        if (!vocabulary.isMergeable(*leftToken) || !vocabulary.isMergeable(*rightToken) ||
            !vocabulary.isMergeable(*joined)) {
            continue;
        }
        // A pair that is listed twice keeps its first rank.
        encoder.merges_.insert(pairKey(*leftToken, *rightToken), Merge{std::uint32_t(i), *joined});
    }
    return encoder;
}

void BpeEncoder::encode(const Vocabulary& vocabulary,
                        std::string_view text,
                        std::vector<TokenId>& tokens) const {
    Merger merger;
    PieceCache cache(text.size());
    forEachPiece(traits_.rule, text, [&](std::string_view piece) {
        if (cache.append(piece, tokens)) {
            return;
        }
        const std::size_t before = tokens.size();
        for (std::string_view rest = piece; !rest.empty();) {
            const std::size_t length = std::min(rest.size(), kPieceBytes);
            encodePiece(vocabulary, rest.substr(0, length), merger, tokens);
            rest.remove_prefix(length);
        }
        cache.remember(piece, std::span<const TokenId>(tokens).subspan(before));
    });
}

void BpeEncoder::encodePiece(const Vocabulary& vocabulary,
                             std::string_view piece,
                             Merger& merger,
                             std::vector<TokenId>& tokens) const {
    if (traits_.wholePiecesFirst && piece.size() <= VocabularyLimits::kTokenBytes) {
        if (const TokenId* token = vocabulary.findMergeable(alphabetOfBytes(piece))) {
            tokens.push_back(*token);
            return;
        }
    }
    merger.clear();
    for (std::size_t i = 0; i < piece.size(); ++i) {
        merger.add(std::uint32_t(i), 1, vocabulary.byteToken(std::uint8_t(piece[i])));
    }
    merger.run([&](const MergeSymbol& left, const MergeSymbol& right) -> std::optional<Merge> {
        if (left.token == kNoToken || right.token == kNoToken) {
            return std::nullopt;
        }
        const Merge* merge = merges_.find(pairKey(left.token, right.token));
        return merge == nullptr ? std::nullopt : std::optional(*merge);
    });
    const auto unknown = vocabulary.unknown();
    for (const MergeSymbol& symbol : merger.symbols()) {
        if (symbol.length == 0) {
            continue;
        }
        if (symbol.token != kNoToken) {
            tokens.push_back(symbol.token);
        } else if (unknown && vocabulary.kind(*unknown) == TokenKind::Unknown) {
            tokens.push_back(*unknown);
        }
    }
}

} // namespace attest::engine
