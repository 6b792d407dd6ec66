/// Where the Swift runtime finds a program that it comes with, by its name: nowhere.
///
/// It asks before `main` for the one that shows what a program that crashes was doing, and aborts where it cannot tell its
/// own path: without /proc, in a static executable. This one is alone wherever it is installed, so the answer is always
/// the same; it takes the place of the runtime's own function of that name.
@_cdecl("swift_copyAuxiliaryExecutablePath")
public func auxiliaryExecutablePath(named name: UnsafePointer<CChar>?) -> UnsafeMutablePointer<CChar>? { nil }
