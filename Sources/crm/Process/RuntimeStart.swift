import Glibc

/// Keeps the Swift runtime from asking for its own path as it starts, for a program that prints no backtraces: it asks
/// /proc, and aborts where there is none, before any code of the program's has a say.
///
/// The loader calls what this section holds before all else, the runtime's own start included (gABI, "Initialization and
/// Termination Functions"): so there is nothing here but a call of the C library with constants.
@section(".preinit_array") @used
let runtimeStart: @convention(c) () -> Void = {
    let variable: StaticString = "SWIFT_BACKTRACE"
    let settings: StaticString = "enable=no,swift-backtrace=/"
    variable.utf8Start.withMemoryRebound(to: CChar.self, capacity: variable.utf8CodeUnitCount + 1) { variable in
        settings.utf8Start.withMemoryRebound(to: CChar.self, capacity: settings.utf8CodeUnitCount + 1) { settings in
            _ = setenv(variable, settings, 1)
        }
    }
}
