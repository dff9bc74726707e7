// Sends frames to the parent; after a crash for want of memory still says so.
#pragma once

#include "extract/reader/protocol.h"

#include <string_view>

namespace attest::reader {

// False when the parent is gone. Blocks while the pipe is full.
bool sendFrame(FrameType type, std::string_view payload);

// Bytes that are not a frame: the pixels behind an Image.
bool sendBytes(const char* data, std::size_t size);

bool sendBegin(int pageCount, std::uint32_t flags);

bool sendFailure(FailureReason reason);

// Poppler calls abort() when memory runs out. The handler tells OutOfMemory from other aborts by
// asking for some memory, sends the failure frame from a prepared buffer, and dies of SIGABRT else.
void installAbortHandler();

} // namespace attest::reader
