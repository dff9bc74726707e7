// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of the network between its matrix products, each in one pass over memory, with their gradients; for
// training on a CPU. model.py has the same in plain PyTorch, which is what these are checked against (check_fused.py).
#include <torch/extension.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <tuple>
#include <vector>

namespace {

using Half = at::BFloat16;

constexpr int kHead = 32;    // channels of a head
constexpr int kLanes = 16;   // floats of a vector
constexpr int kQueries = 8;  // queries that share a pass over the keys
typedef float Vector __attribute__((vector_size(kLanes * sizeof(float)), aligned(4), may_alias));

inline Vector load(const float* from) { return *reinterpret_cast<const Vector*>(from); }

inline void store(float* to, Vector value) { *reinterpret_cast<Vector*>(to) = value; }

inline Vector broadcast(float value) { return value - Vector{}; }

float to_float(Half value) {
    const std::uint32_t bits = static_cast<std::uint32_t>(value.x) << 16;
    float out;
    std::memcpy(&out, &bits, sizeof(out));
    return out;
}

Half to_half(float value) {
    std::uint32_t bits;
    std::memcpy(&bits, &value, sizeof(bits));
    bits += 0x7fffU + ((bits >> 16) & 1U);
    return Half(static_cast<unsigned short>(bits >> 16), Half::from_bits());
}

/// exp(x) for x <= 0, to about 2e-7 relative (degree 6 on the fraction of x / ln 2); 0 below -87.
float exp_of(float x) {
    x = x < -87.0F ? -87.0F : x;
    const float scaled = x * 1.44269504F;
    const float whole = std::floor(scaled);
    const float f = scaled - whole;
    float p = 1.535336188e-4F;
    p = p * f + 1.339887440e-3F;
    p = p * f + 9.618437357e-3F;
    p = p * f + 5.550332548e-2F;
    p = p * f + 2.402264791e-1F;
    p = p * f + 6.931472028e-1F;
    p = p * f + 1.0F;
    const std::int32_t bits = (static_cast<std::int32_t>(whole) + 127) << 23;
    float power;
    std::memcpy(&power, &bits, sizeof(power));
    return p * power;
}

// --- RMS normalisation: float32 residual in, bfloat16 out -------------------------------------------------------

std::tuple<at::Tensor, at::Tensor> norm_forward(at::Tensor x, at::Tensor weight, double epsilon) {
    const int64_t dim = x.size(-1), rows = x.numel() / dim;
    at::Tensor out = at::empty(x.sizes(), x.options().dtype(at::kBFloat16)), inverse = at::empty({rows}, x.options());
    const float *from = x.data_ptr<float>(), *w = weight.data_ptr<float>();
    Half* to = out.data_ptr<Half>();
    float* inv = inverse.data_ptr<float>();
    for (int64_t row = 0; row < rows; ++row, from += dim, to += dim) {
        float sum = 0;
        for (int64_t i = 0; i < dim; ++i) sum += from[i] * from[i];
        inv[row] = 1 / std::sqrt(sum / static_cast<float>(dim) + static_cast<float>(epsilon));
        for (int64_t i = 0; i < dim; ++i) to[i] = to_half(from[i] * inv[row] * w[i]);
    }
    return {out, inverse};
}

std::tuple<at::Tensor, at::Tensor> norm_backward(at::Tensor grad, at::Tensor x, at::Tensor weight, at::Tensor inverse) {
    const int64_t dim = x.size(-1), rows = x.numel() / dim;
    at::Tensor to_x = at::empty_like(x), to_weight = at::zeros_like(weight);
    const Half* g = grad.data_ptr<Half>();
    const float *from = x.data_ptr<float>(), *w = weight.data_ptr<float>(), *inv = inverse.data_ptr<float>();
    float *dx = to_x.data_ptr<float>(), *dw = to_weight.data_ptr<float>();
    for (int64_t row = 0; row < rows; ++row, g += dim, from += dim, dx += dim) {
        float dot = 0;
        const float scale = inv[row];
        for (int64_t i = 0; i < dim; ++i) {
            const float part = to_float(g[i]) * from[i];
            dw[i] += part * scale;
            dot += part * w[i];
        }
        const float back = dot * scale * scale * scale / static_cast<float>(dim);
        for (int64_t i = 0; i < dim; ++i) dx[i] = to_float(g[i]) * w[i] * scale - from[i] * back;
    }
    return {to_x, to_weight};
}

// The same behind a residual sum: x + delta goes on as the residual, and its normalised form into the block.

std::tuple<at::Tensor, at::Tensor, at::Tensor> add_norm_forward(at::Tensor x, at::Tensor delta, at::Tensor weight, double epsilon) {
    const int64_t dim = x.size(-1), rows = x.numel() / dim;
    at::Tensor sum = at::empty_like(x), out = at::empty(x.sizes(), x.options().dtype(at::kBFloat16)), inverse = at::empty({rows}, x.options());
    const float *from = x.data_ptr<float>(), *w = weight.data_ptr<float>();
    const Half* more = delta.data_ptr<Half>();
    Half* to = out.data_ptr<Half>();
    float *total = sum.data_ptr<float>(), *inv = inverse.data_ptr<float>();
    for (int64_t row = 0; row < rows; ++row, from += dim, more += dim, total += dim, to += dim) {
        float square = 0;
        for (int64_t i = 0; i < dim; ++i) {
            total[i] = from[i] + to_float(more[i]);
            square += total[i] * total[i];
        }
        inv[row] = 1 / std::sqrt(square / static_cast<float>(dim) + static_cast<float>(epsilon));
        for (int64_t i = 0; i < dim; ++i) to[i] = to_half(total[i] * inv[row] * w[i]);
    }
    return {sum, out, inverse};
}

/// Gradients of x (float32), delta (bfloat16) and weight from those of the sum and of its normalised form.
std::tuple<at::Tensor, at::Tensor, at::Tensor> add_norm_backward(at::Tensor sum_grad, at::Tensor grad, at::Tensor sum, at::Tensor weight, at::Tensor inverse) {
    const int64_t dim = sum.size(-1), rows = sum.numel() / dim;
    at::Tensor to_x = at::empty_like(sum), to_delta = at::empty(sum.sizes(), sum.options().dtype(at::kBFloat16)), to_weight = at::zeros_like(weight);
    const Half* g = grad.data_ptr<Half>();
    const float *straight = sum_grad.data_ptr<float>(), *from = sum.data_ptr<float>(), *w = weight.data_ptr<float>(), *inv = inverse.data_ptr<float>();
    float *dx = to_x.data_ptr<float>(), *dw = to_weight.data_ptr<float>();
    Half* dd = to_delta.data_ptr<Half>();
    for (int64_t row = 0; row < rows; ++row, g += dim, straight += dim, from += dim, dx += dim, dd += dim) {
        float dot = 0;
        const float scale = inv[row];
        for (int64_t i = 0; i < dim; ++i) {
            const float part = to_float(g[i]) * from[i];
            dw[i] += part * scale;
            dot += part * w[i];
        }
        const float back = dot * scale * scale * scale / static_cast<float>(dim);
        for (int64_t i = 0; i < dim; ++i) {
            dx[i] = straight[i] + to_float(g[i]) * w[i] * scale - from[i] * back;
            dd[i] = to_half(dx[i]);
        }
    }
    return {to_x, to_delta, to_weight};
}

// --- SwiGLU: silu(gate) * up, bfloat16 ----------------------------------------------------------------------------

float sigmoid(float x) {
    const float e = exp_of(-std::fabs(x));
    return (x < 0 ? e : 1.0F) / (1.0F + e);
}

at::Tensor gate_forward(at::Tensor gate, at::Tensor up) {
    at::Tensor out = at::empty_like(gate);
    const Half *g = gate.data_ptr<Half>(), *u = up.data_ptr<Half>();
    Half* to = out.data_ptr<Half>();
    const int64_t count = gate.numel();
    for (int64_t i = 0; i < count; ++i) {
        const float value = to_float(g[i]);
        to[i] = to_half(value * sigmoid(value) * to_float(u[i]));
    }
    return out;
}

std::tuple<at::Tensor, at::Tensor> gate_backward(at::Tensor grad, at::Tensor gate, at::Tensor up) {
    at::Tensor to_gate = at::empty_like(gate), to_up = at::empty_like(up);
    const Half *d = grad.data_ptr<Half>(), *g = gate.data_ptr<Half>(), *u = up.data_ptr<Half>();
    Half *dg = to_gate.data_ptr<Half>(), *du = to_up.data_ptr<Half>();
    const int64_t count = gate.numel();
    for (int64_t i = 0; i < count; ++i) {
        const float value = to_float(g[i]), s = sigmoid(value), own = to_float(d[i]);
        du[i] = to_half(own * value * s);
        dg[i] = to_half(own * to_float(u[i]) * s * (1 + value * (1 - s)));
    }
    return {to_gate, to_up};
}

// --- Cross-entropy with weights, and its gradient in the same pass ------------------------------------------------

/// logits (rows, vocabulary) bfloat16. Returns the loss of every row, whether its best guess was right, and the gradient
/// of the sum of weight * loss.
std::tuple<at::Tensor, at::Tensor, at::Tensor> entropy(at::Tensor logits, at::Tensor targets, at::Tensor weights) {
    const int64_t rows = logits.size(0), size = logits.size(1);
    at::Tensor losses = at::empty({rows}, weights.options()), right = at::empty({rows}, weights.options()), grad = at::empty_like(logits);
    const Half* from = logits.data_ptr<Half>();
    const int64_t* wanted = targets.data_ptr<int64_t>();
    const float* w = weights.data_ptr<float>();
    Half* to = grad.data_ptr<Half>();
    std::vector<float> row(static_cast<std::size_t>(size));
    for (int64_t r = 0; r < rows; ++r, from += size, to += size) {
        float top = -1e30F, sum = 0;
        for (int64_t i = 0; i < size; ++i) row[i] = to_float(from[i]);
        for (int64_t i = 0; i < size; ++i) top = row[i] > top ? row[i] : top;
        const float own = row[wanted[r]];
        for (int64_t i = 0; i < size; ++i) row[i] = exp_of(row[i] - top);
        for (int64_t i = 0; i < size; ++i) sum += row[i];
        losses.data_ptr<float>()[r] = std::log(sum) + top - own;
        right.data_ptr<float>()[r] = own == top ? 1.0F : 0.0F;
        const float scale = w[r] / sum;
        for (int64_t i = 0; i < size; ++i) to[i] = to_half(row[i] * scale);
        to[wanted[r]] = to_half(row[wanted[r]] * scale - w[r]);
    }
    return {losses, right, grad};
}

// --- Causal attention with rotary positions -------------------------------------------------------------------------
// q (batch, length, heads * 32), k and v (batch, length, kv heads * 32), bfloat16; cos and sin (length, 16), float32.

/// Cosines and signed sines of every channel: a rotated pair is x * cos + swapped x * sin.
struct Rotation {
    std::vector<float> cos, sin;

    Rotation(const at::Tensor& cosines, const at::Tensor& sines) : cos(cosines.numel() * 2), sin(cosines.numel() * 2) {
        const float *c = cosines.data_ptr<float>(), *s = sines.data_ptr<float>();
        for (int64_t i = 0; i < cosines.numel(); ++i) {
            cos[2 * i] = cos[2 * i + 1] = c[i];
            sin[2 * i] = -s[i];
            sin[2 * i + 1] = s[i];
        }
    }
};

/// Rotates the neighbouring pairs of a row of 32; `back` turns the other way, which is the gradient.
inline void rotate(const float* from, float* to, const Rotation& at, int64_t position, bool back, float scale) {
    typedef int Order __attribute__((vector_size(kLanes * sizeof(int))));
    const Order swapped = {1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14};
    for (int half = 0; half < kHead; half += kLanes) {
        const Vector x = load(from + half), c = load(&at.cos[position * kHead + half]), s = load(&at.sin[position * kHead + half]);
        store(to + half, (x * c + __builtin_shuffle(x, swapped) * (back ? -s : s)) * broadcast(scale));
    }
}

/// Rows of one head as floats.
void take(const Half* from, int64_t stride, int64_t length, float* to) {
    for (int64_t row = 0; row < length; ++row)
        for (int i = 0; i < kHead; ++i) to[row * kHead + i] = to_float(from[row * stride + i]);
}

/// (length, 32) to (32, padded), zero behind the end.
void transpose(const float* from, int64_t length, int64_t padded, float* to) {
    for (int i = 0; i < kHead; ++i) {
        for (int64_t row = 0; row < length; ++row) to[i * padded + row] = from[row * kHead + i];
        std::fill(to + i * padded + length, to + (i + 1) * padded, 0.0F);
    }
}

/// products[a][j] = rows[a] . columns(:, j) for kQueries rows and j < end (a multiple of the vector).
void dots(const float* rows, const float* columns, int64_t padded, int64_t end, float* products) {
    for (int64_t j = 0; j < end; j += kLanes) {
        Vector sum[kQueries] = {};
        for (int i = 0; i < kHead; ++i) {
            const Vector column = load(columns + i * padded + j);
#pragma GCC unroll 8
            for (int a = 0; a < kQueries; ++a) sum[a] += broadcast(rows[a * kHead + i]) * column;
        }
#pragma GCC unroll 8
        for (int a = 0; a < kQueries; ++a) store(products + a * padded + j, sum[a]);
    }
}

/// out[a] += sum over j < end of weights[a][j] * rows[j].
void weigh(const float* weights, int64_t padded, const float* rows, int64_t end, float* out) {
    Vector low[kQueries], high[kQueries];
#pragma GCC unroll 8
    for (int a = 0; a < kQueries; ++a) {
        low[a] = load(out + a * kHead);
        high[a] = load(out + a * kHead + kLanes);
    }
    for (int64_t j = 0; j < end; ++j) {
        const Vector one = load(rows + j * kHead), two = load(rows + j * kHead + kLanes);
#pragma GCC unroll 8
        for (int a = 0; a < kQueries; ++a) {
            const Vector w = broadcast(weights[a * padded + j]);
            low[a] += w * one;
            high[a] += w * two;
        }
    }
#pragma GCC unroll 8
    for (int a = 0; a < kQueries; ++a) {
        store(out + a * kHead, low[a]);
        store(out + a * kHead + kLanes, high[a]);
    }
}

/// out[j] += sum over a of weights[a][j] * rows[a], for j < end.
void scatter(const float* weights, int64_t padded, const float* rows, int64_t end, float* out) {
    Vector low[kQueries], high[kQueries];
#pragma GCC unroll 8
    for (int a = 0; a < kQueries; ++a) {
        low[a] = load(rows + a * kHead);
        high[a] = load(rows + a * kHead + kLanes);
    }
    for (int64_t j = 0; j < end; ++j) {
        Vector one = load(out + j * kHead), two = load(out + j * kHead + kLanes);
#pragma GCC unroll 8
        for (int a = 0; a < kQueries; ++a) {
            const Vector w = broadcast(weights[a * padded + j]);
            one += w * low[a];
            two += w * high[a];
        }
        store(out + j * kHead, one);
        store(out + j * kHead + kLanes, two);
    }
}

int64_t round_up(int64_t value, int64_t step) { return (value + step - 1) / step * step; }

std::tuple<at::Tensor, at::Tensor> attend_forward(at::Tensor q, at::Tensor k, at::Tensor v, at::Tensor cosines, at::Tensor sines) {
    const int64_t batch = q.size(0), length = q.size(1), heads = q.size(2) / kHead, kv_heads = k.size(2) / kHead;
    const int64_t padded = round_up(length, kLanes), rows = round_up(length, kQueries), group = heads / kv_heads;
    at::Tensor out = at::empty_like(q), sums = at::empty({batch, heads, length}, cosines.options());
    const Rotation at(cosines, sines);
    std::vector<float> raw(rows * kHead), keys(rows * kHead), columns(padded * kHead), values(rows * kHead), queries(rows * kHead),
        scores(kQueries * padded), result(kQueries * kHead);
    const float scale = 1 / std::sqrt(static_cast<float>(kHead));
    for (int64_t b = 0; b < batch; ++b) {
        for (int64_t head = 0; head < heads; ++head) {
            const int64_t kv = head / group;
            if (head % group == 0) {
                take(k.data_ptr<Half>() + b * length * k.size(2) + kv * kHead, k.size(2), length, raw.data());
                for (int64_t row = 0; row < length; ++row) rotate(&raw[row * kHead], &keys[row * kHead], at, row, false, 1);
                transpose(keys.data(), length, padded, columns.data());
                take(v.data_ptr<Half>() + b * length * v.size(2) + kv * kHead, v.size(2), length, values.data());
            }
            take(q.data_ptr<Half>() + b * length * q.size(2) + head * kHead, q.size(2), length, raw.data());
            for (int64_t row = 0; row < length; ++row) rotate(&raw[row * kHead], &queries[row * kHead], at, row, false, scale);
            float* sum_of = sums.data_ptr<float>() + (b * heads + head) * length;
            for (int64_t first = 0; first < length; first += kQueries) {
                const int64_t last = std::min(first + kQueries, length), end = round_up(last, kLanes);
                dots(&queries[first * kHead], columns.data(), padded, end, scores.data());
                for (int64_t row = first; row < first + kQueries; ++row) {
                    float* own = &scores[(row - first) * padded];
                    if (row >= length) {
                        std::fill(own, own + end, 0.0F);
                        continue;
                    }
                    float top = own[0], total = 0;
                    for (int64_t j = 0; j <= row; ++j) top = own[j] > top ? own[j] : top;
                    for (int64_t j = 0; j <= row; ++j) own[j] = exp_of(own[j] - top);
                    for (int64_t j = 0; j <= row; ++j) total += own[j];
                    const float inverse = 1 / total;
                    for (int64_t j = 0; j <= row; ++j) own[j] *= inverse;
                    std::fill(own + row + 1, own + end, 0.0F);
                    sum_of[row] = top + std::log(total);
                }
                std::fill(result.begin(), result.end(), 0.0F);
                weigh(scores.data(), padded, values.data(), last, result.data());
                for (int64_t row = first; row < last; ++row) {
                    Half* to = out.data_ptr<Half>() + (b * length + row) * q.size(2) + head * kHead;
                    for (int i = 0; i < kHead; ++i) to[i] = to_half(result[(row - first) * kHead + i]);
                }
            }
        }
    }
    return {out, sums};
}

std::tuple<at::Tensor, at::Tensor, at::Tensor> attend_backward(at::Tensor grad, at::Tensor out, at::Tensor q, at::Tensor k, at::Tensor v, at::Tensor sums,
                                                               at::Tensor cosines, at::Tensor sines) {
    const int64_t batch = q.size(0), length = q.size(1), heads = q.size(2) / kHead, kv_heads = k.size(2) / kHead;
    const int64_t padded = round_up(length, kLanes), rows = round_up(length, kQueries), group = heads / kv_heads;
    at::Tensor to_q = at::empty_like(q), to_k = at::empty_like(k), to_v = at::empty_like(v);
    const Rotation at(cosines, sines);
    const auto floats = [](int64_t count) { return std::vector<float>(static_cast<std::size_t>(count)); };
    std::vector<float> raw = floats(rows * kHead), keys = floats(rows * kHead), columns = floats(padded * kHead), values = floats(rows * kHead),
                       value_columns = floats(padded * kHead), queries = floats(rows * kHead), grads = floats(rows * kHead), outs = floats(rows * kHead),
                       key_grads = floats(rows * kHead), value_grads = floats(rows * kHead), weights = floats(kQueries * padded),
                       changes = floats(kQueries * padded), result = floats(kQueries * kHead);
    const float scale = 1 / std::sqrt(static_cast<float>(kHead));
    for (int64_t b = 0; b < batch; ++b) {
        for (int64_t head = 0; head < heads; ++head) {
            const int64_t kv = head / group;
            if (head % group == 0) {
                take(k.data_ptr<Half>() + b * length * k.size(2) + kv * kHead, k.size(2), length, raw.data());
                for (int64_t row = 0; row < length; ++row) rotate(&raw[row * kHead], &keys[row * kHead], at, row, false, 1);
                transpose(keys.data(), length, padded, columns.data());
                take(v.data_ptr<Half>() + b * length * v.size(2) + kv * kHead, v.size(2), length, values.data());
                transpose(values.data(), length, padded, value_columns.data());
                std::fill(key_grads.begin(), key_grads.end(), 0.0F);
                std::fill(value_grads.begin(), value_grads.end(), 0.0F);
            }
            const int64_t place = b * length * q.size(2) + head * kHead;
            take(q.data_ptr<Half>() + place, q.size(2), length, raw.data());
            for (int64_t row = 0; row < length; ++row) rotate(&raw[row * kHead], &queries[row * kHead], at, row, false, scale);
            take(grad.data_ptr<Half>() + place, q.size(2), length, grads.data());
            take(out.data_ptr<Half>() + place, q.size(2), length, outs.data());
            const float* sum_of = sums.data_ptr<float>() + (b * heads + head) * length;
            for (int64_t first = 0; first < length; first += kQueries) {
                const int64_t last = std::min(first + kQueries, length), end = round_up(last, kLanes);
                dots(&queries[first * kHead], columns.data(), padded, end, weights.data());
                dots(&grads[first * kHead], value_columns.data(), padded, end, changes.data());
                for (int64_t row = first; row < first + kQueries; ++row) {
                    float *own = &weights[(row - first) * padded], *change = &changes[(row - first) * padded];
                    if (row >= length) {
                        std::fill(own, own + end, 0.0F);
                        std::fill(change, change + end, 0.0F);
                        continue;
                    }
                    float dot = 0;
                    for (int i = 0; i < kHead; ++i) dot += grads[row * kHead + i] * outs[row * kHead + i];
                    for (int64_t j = 0; j <= row; ++j) {
                        own[j] = exp_of(own[j] - sum_of[row]);
                        change[j] = own[j] * (change[j] - dot);
                    }
                    std::fill(own + row + 1, own + end, 0.0F);
                    std::fill(change + row + 1, change + end, 0.0F);
                }
                scatter(weights.data(), padded, &grads[first * kHead], last, value_grads.data());
                scatter(changes.data(), padded, &queries[first * kHead], last, key_grads.data());
                std::fill(result.begin(), result.end(), 0.0F);
                weigh(changes.data(), padded, keys.data(), last, result.data());
                for (int64_t row = first; row < last; ++row) {
                    float turned[kHead];
                    rotate(&result[(row - first) * kHead], turned, at, row, true, scale);
                    Half* to = to_q.data_ptr<Half>() + place + row * q.size(2);
                    for (int i = 0; i < kHead; ++i) to[i] = to_half(turned[i]);
                }
            }
            if (head % group == group - 1) {
                for (int64_t row = 0; row < length; ++row) {
                    float turned[kHead];
                    rotate(&key_grads[row * kHead], turned, at, row, true, 1);
                    Half* key_to = to_k.data_ptr<Half>() + (b * length + row) * k.size(2) + kv * kHead;
                    Half* value_to = to_v.data_ptr<Half>() + (b * length + row) * v.size(2) + kv * kHead;
                    for (int i = 0; i < kHead; ++i) {
                        key_to[i] = to_half(turned[i]);
                        value_to[i] = to_half(value_grads[row * kHead + i]);
                    }
                }
            }
        }
    }
    return {to_q, to_k, to_v};
}

}  // namespace

PYBIND11_MODULE(TORCH_EXTENSION_NAME, m) {
    m.def("norm_forward", &norm_forward);
    m.def("norm_backward", &norm_backward);
    m.def("add_norm_forward", &add_norm_forward);
    m.def("add_norm_backward", &add_norm_backward);
    m.def("entropy", &entropy);
    m.def("gate_forward", &gate_forward);
    m.def("gate_backward", &gate_backward);
    m.def("attend_forward", &attend_forward);
    m.def("attend_backward", &attend_backward);
}
