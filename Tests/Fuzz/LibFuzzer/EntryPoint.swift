import Glibc

/// The check that the environment variable `FUZZ_TARGET` names.
private let check = getenv("FUZZ_TARGET").flatMap { namedCheck(String(cString: $0)) }

/// What libFuzzer calls with each input (https://llvm.org/docs/LibFuzzer.html). A violation ends the program, upon
/// which libFuzzer writes the input to a file.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ first: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let check else { fatalError("FUZZ_TARGET names nothing that can be fuzzed") }
    do {
        try check([UInt8](UnsafeBufferPointer(start: first, count: count)))
    } catch {
        fatalError("\(error)")
    }
    return 0
}
