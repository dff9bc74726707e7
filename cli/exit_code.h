#pragma once

namespace attest::cli {

// Documented in docs/command_line.md and at the end of --help.
enum class ExitCode : int {
    Done = 0,
    Internal = 1,   // a mistake of this program
    Usage = 2,      // wrong command line, or an input that does not exist
    SomeFailed = 3, // some documents failed or had no text; everything else was done
    Model = 4,      // model or template
    Library = 5,    // the library cannot be opened or written
    Output = 6,     // a file of results cannot be written
    Different = 7,  // verify: something is not as the manifest says
    Worse = 8,      // models set-default: the gate found the model worse
    Interrupted = 130,
};

} // namespace attest::cli
