// Runs a fuzz target without libFuzzer: on the given files, and on mutations of them that are the
// same in every run.
//
//   fuzz_gguf ROUNDS FILE...
#include "fuzz/fuzz_target.h"

#include "support/byte_mutator.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace {

void runTarget(const std::string& bytes) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fputs("usage: ROUNDS FILE...\n", stderr);
        return 2;
    }
    const long rounds = std::strtol(argv[1], nullptr, 10);
    for (int i = 2; i < argc; ++i) {
        std::ifstream in(argv[i], std::ios::binary);
        const std::string seed((std::istreambuf_iterator<char>(in)),
                               std::istreambuf_iterator<char>());
        if (!in || seed.empty()) {
            std::fprintf(stderr, "cannot read %s\n", argv[i]);
            return 1;
        }
        runTarget(seed);
        attest::test::ByteMutator mutator{std::uint32_t(i)};
        std::string chained = seed;
        for (long round = 0; round < rounds; ++round) {
            runTarget(mutator.mutate(seed));
            chained = mutator.mutate(chained);
            if (chained.size() < seed.size() / 2) {
                chained = seed;
            }
            runTarget(chained);
        }
    }
    return 0;
}
