import ProgramFuzz

/// What is called so of what the program reads of people's input.
func namedCheck(_ name: String) -> (@Sendable ([UInt8]) throws -> Void)? {
    ProgramFuzzTarget(rawValue: name).map { target in { try target.check($0) } }
}
