/// Returns the path of a helper program of the Swift runtime: always none.
///
/// Before `main`, the runtime looks for the program that prints backtraces, and aborts when it cannot determine its own
/// path: without /proc, in a static executable. This program is installed without helpers, so the answer is always the
/// same. The function replaces the runtime's own one of that name.
@_cdecl("swift_copyAuxiliaryExecutablePath")
public func auxiliaryExecutablePath(named name: UnsafePointer<CChar>?) -> UnsafeMutablePointer<CChar>? { nil }
