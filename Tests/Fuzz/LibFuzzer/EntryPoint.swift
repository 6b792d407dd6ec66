import FuzzTargets
import Glibc

/// The target named by the environment variable `FUZZ_TARGET`.
private let target = getenv("FUZZ_TARGET").flatMap { FuzzTarget(rawValue: String(cString: $0)) }

/// What libFuzzer calls with each input (https://llvm.org/docs/LibFuzzer.html). A violation ends the program, upon which
/// libFuzzer writes the input to a file.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ first: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let target else { fatalError("FUZZ_TARGET names none of \(FuzzTarget.allCases.map(\.rawValue))") }
    do {
        try target.check([UInt8](UnsafeBufferPointer(start: first, count: count)))
    } catch {
        fatalError("\(error)")
    }
    return 0
}
