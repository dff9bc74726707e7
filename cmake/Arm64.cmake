# Toolchain: builds for 64-bit ARM Linux on another processor and runs the tests in QEMU's user emulation.
# Debian: g++-aarch64-linux-gnu and qemu-user. Header-only libraries of this machine are used as they are.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_CROSSCOMPILING_EMULATOR "qemu-aarch64;-L;/usr/aarch64-linux-gnu")
