import ProgramFuzz

/// What is called so of what the program reads of people's input.
func namedCheck(_ name: String) -> (@Sendable ([UInt8]) throws -> Void)? {
    guard let target = ProgramFuzzTarget(rawValue: name) else { return nil }
    return { try target.check($0) }
}
