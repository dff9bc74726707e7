// Writes a model of random weights in the shape of a published one, for measuring speed.
//
//   make_random_model SHAPE TYPE FILE [--pure] [--seed N]
//   make_random_model llama3.2-1b Q4_K_M /tmp/1b.gguf
//
// The files open in this engine and in the usual other ones; what such a model writes is nonsense.
// See random_model/write_model.h for what --pure means.
#include "support/random_model/write_model.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace attest::test;

int usage() {
    std::string shapes;
    for (const ModelShape& shape : modelShapes()) {
        shapes += " " + std::string(shape.name);
    }
    std::fprintf(stderr,
                 "make_random_model SHAPE TYPE FILE [--pure] [--seed N]\n"
                 "shapes:%s\ntypes: %s\n",
                 shapes.c_str(),
                 weightTypeNames().c_str());
    return 2;
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string_view> names;
    Mix mix = Mix::AsQuantized;
    std::uint64_t seed = 1;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--pure") {
            mix = Mix::Pure;
        } else if (argument == "--seed" && i + 1 < argc) {
            seed = std::strtoull(argv[++i], nullptr, 10);
        } else {
            names.push_back(argument);
        }
    }
    const ModelShape* shape = names.size() == 3 ? findShape(names[0]) : nullptr;
    if (shape == nullptr) {
        return usage();
    }
    const std::string problem = writeRandomModel(*shape, names[1], mix, seed, names[2]);
    if (!problem.empty()) {
        std::fprintf(stderr, "make_random_model: %s\n", problem.c_str());
        return 1;
    }
    return 0;
}
