// What is done number by number between the products, whatever the number of lanes. Only for files
// of an instruction set, which is why all of it has internal linkage.
#pragma once

#include "engine/kernels/kernels.h"

namespace attest::engine {

namespace {

// Functions of KernelTable. `Lanes` has
//   Vector, kLanes                 a register, and how many numbers it holds
//   load(p, n), store(p, n, x)     the first n numbers, or all lanes where n is more; zeros behind
//                                  them, and nothing else is touched
//   weights<type>(row, column, n)  likewise of a row of f16 or bf16
//   broadcast, add, subtract, multiply, divide, fma(a, b, c) = a · b + c, exp
//   larger(a, b)                   of which a NaN in second place comes out
template <typename Lanes>
struct LaneSteps {
    using Vector = typename Lanes::Vector;

    static void siluMultiply(float* gate, const float* up, size_t n) {
        const Vector one = Lanes::broadcast(1);
        const Vector zero = Lanes::broadcast(0);
        overGate(gate, up, n, [&](Vector z) {
            const Vector e = Lanes::exp(Lanes::subtract(zero, z));
            return Lanes::divide(z, Lanes::add(one, e));
        });
    }

    // gelu(z) = z / (1 + exp(−2u)), because (1 + tanh u) / 2 = 1 / (1 + exp(−2u)).
    static void geluMultiply(float* gate, const float* up, size_t n) {
        const Vector one = Lanes::broadcast(1);
        const Vector linear = Lanes::broadcast(-1.59576912F); // −2 √(2/π)
        const Vector cubic = Lanes::broadcast(-0.0713548163F);
        overGate(gate, up, n, [&](Vector z) {
            const Vector factor = Lanes::fma(cubic, Lanes::multiply(z, z), linear);
            const Vector e = Lanes::exp(Lanes::multiply(z, factor));
            return Lanes::divide(z, Lanes::add(one, e));
        });
    }

    static void reluSquaredMultiply(float* gate, const float* up, size_t n) {
        const Vector zero = Lanes::broadcast(0);
        overGate(gate, up, n, [&](Vector z) {
            const Vector positive = Lanes::larger(zero, z);
            return Lanes::multiply(positive, positive);
        });
    }

    // tanh(y) = 1 − 2 / (1 + exp(2y)).
    static void softcap(float* x, size_t n, float cap) {
        const Vector one = Lanes::broadcast(1);
        const Vector two = Lanes::broadcast(2);
        const Vector caps = Lanes::broadcast(cap);
        for (size_t i = 0; i < n; i += Lanes::kLanes) {
            const Vector y = Lanes::divide(Lanes::load(x + i, n - i), caps);
            const Vector e = Lanes::exp(Lanes::add(y, y));
            const Vector tanh = Lanes::subtract(one, Lanes::divide(two, Lanes::add(one, e)));
            Lanes::store(x + i, n - i, Lanes::multiply(caps, tanh));
        }
    }

    static void rotateHalves(float* x, const float* cosines, const float* sines, size_t pairs) {
        for (size_t p = 0; p < pairs; p += Lanes::kLanes) {
            const size_t left = pairs - p;
            const Vector c = Lanes::load(cosines + p, left);
            const Vector s = Lanes::load(sines + p, left);
            const Vector a = Lanes::load(x + p, left);
            const Vector b = Lanes::load(x + pairs + p, left);
            Lanes::store(
                x + p, left, Lanes::subtract(Lanes::multiply(a, c), Lanes::multiply(b, s)));
            Lanes::store(
                x + pairs + p, left, Lanes::add(Lanes::multiply(a, s), Lanes::multiply(b, c)));
        }
    }

    static void add(float* x, const float* y, size_t n) {
        for (size_t i = 0; i < n; i += Lanes::kLanes) {
            const size_t left = n - i;
            Lanes::store(
                x + i, left, Lanes::add(Lanes::load(x + i, left), Lanes::load(y + i, left)));
        }
    }

    static void widenF16(float* out, const unsigned char* in, size_t n) {
        widen<kFloat16>(out, in, n);
    }

    static void widenBf16(float* out, const unsigned char* in, size_t n) {
        widen<kBfloat16>(out, in, n);
    }

private:
    // gate[i] = activation(gate[i]) · up[i].
    template <typename Activation>
    static void overGate(float* gate, const float* up, size_t n, const Activation& activation) {
        for (size_t i = 0; i < n; i += Lanes::kLanes) {
            const Vector active = activation(Lanes::load(gate + i, n - i));
            Lanes::store(gate + i, n - i, Lanes::multiply(active, Lanes::load(up + i, n - i)));
        }
    }

    template <FloatType type>
    static void widen(float* out, const unsigned char* in, size_t n) {
        for (size_t i = 0; i < n; i += Lanes::kLanes) {
            Lanes::store(out + i, n - i, Lanes::template weights<type>(in, i, n - i));
        }
    }
};

} // namespace

} // namespace attest::engine
