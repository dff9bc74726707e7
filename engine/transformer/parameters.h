// What the layers of a model compute, as data: each family is a choice of these.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace attest::engine {

// The two components of a head that rotation p of n/2 turns: 2p and 2p + 1, or p and p + n/2.
enum class RopeForm { Neighbours, Halves };

enum class RopeScaling { None, Linear, Yarn, LongRope };

struct RopeParameters {
    double base = 10'000;
    RopeScaling scaling = RopeScaling::None;
    double frequencyScale = 1;  // 1 / factor
    double attentionFactor = 1; // multiplies cosines and sines
    // YaRN: pairs that turn more than betaFast times over the original context keep their
    // frequency, those below betaSlow turns are interpolated; for the multiplier see Rope.
    double betaFast = 32;
    double betaSlow = 1;
    double logMultiplier = 0;
};

// Gelu is the tanh form.
enum class Activation { Silu, Gelu, ReluSquared };

// The rotation of a layer: none, or one of the model's two.
enum class LayerRope { None, Global, Local };

struct LayerParameters {
    LayerRope rope = LayerRope::Global;
    std::uint32_t window = 0; // positions that are seen, the own one included; 0: all before
};

// Tensors of a layer that some families have. Those that every family may have (biases, scales, a
// fused attn_qkv, a head of its own) are taken where the file has them.
struct LayerTensors {
    bool queryKeyNorms = false;    // attn_q_norm, attn_k_norm: of each head, before the rotation
    bool subNorms = false;         // attn_sub_norm, ffn_sub_norm: before the second products
    bool postNorms = false;        // post_attention_norm, post_ffw_norm: before the residual sums
    bool gateInUp = false;         // ffn_up holds the rows of the gate, then those of up
    bool projectionBiases = false; // biases of q, k and v, which other families need not have
};

struct TransformerParameters {
    std::string architecture;        // general.architecture
    std::uint32_t contextLength = 0; // trained
    std::uint32_t embeddingLength = 0;
    std::uint32_t layerCount = 0;
    std::uint32_t headCount = 0;
    std::uint32_t kvHeadCount = 0; // divides headCount
    std::uint32_t headSize = 0;
    std::uint32_t ropeSize = 0; // components of a head that are rotated: even, at most headSize
    std::uint32_t feedForwardLength = 0;
    float normEpsilon = 0;

    float embeddingScale = 1; // of the rows that are looked up, not of a head that shares them
    float attentionScale = 0;
    float attentionSoftcap = 0; // scores become c · tanh(score / c); 0: they do not
    float logitSoftcap = 0;     // logits, likewise
    Activation activation = Activation::Silu;

    RopeForm ropeForm = RopeForm::Neighbours;
    RopeParameters globalRope;
    RopeParameters localRope;
    std::uint32_t originalContextLength = 0; // before the context was extended; at least 1
    // Queries at position i are multiplied by 1 + t · ln(1 + floor(i / originalContextLength)).
    float queryTemperature = 0;

    LayerTensors tensors;
    std::vector<LayerParameters> layers; // layerCount
};

} // namespace attest::engine
