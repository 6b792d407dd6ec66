@preconcurrency import Glibc

/// The environment variables of a process, as a value to hand on: nothing below `main` reads the process's own.
public struct Environment: Sendable, Equatable {
    /// The variables by name.
    public let variables: [String: String]
    /// The names of those whose value is not UTF-8 and so stands here as something else.
    public let malformed: Set<String>

    /// An environment of the given variables.
    public init(_ variables: [String: String], malformed: Set<String> = []) {
        self.variables = variables
        self.malformed = malformed
    }

    /// The value of a variable, `nil` if it is not set.
    public subscript(name: String) -> String? {
        variables[name]
    }

    /// The value of a variable, `nil` if it is not set or empty: POSIX programs take the two for the same.
    public func nonEmpty(_ name: String) -> String? {
        variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The value of a variable that holds an absolute path; `nil` if it is not set, or holds another one, which the XDG
    /// Base Directory Specification has programs ignore.
    public func absolutePath(_ name: String) -> String? {
        variables[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }

    /// Whether a program can be run: found in the folders of `PATH`, or where its name has a slash there.
    public func finds(_ program: String) -> Bool {
        if program.utf8.contains(UInt8(ascii: "/")) { return access(program, X_OK) == 0 }
        let folders = (self["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
        return folders.contains { access("\($0)/\(program)", X_OK) == 0 }
    }

    /// Returns the environment of this process. If a name occurs twice, the first occurrence counts, as for `getenv`.
    public static func ofProcess() -> Environment {
        var variables: [String: String] = [:]
        var malformed: Set<String> = []
        var next = environ
        while let entry = next.pointee {
            let bytes = UnsafeRawBufferPointer(start: entry, count: strlen(entry))
            if let equals = bytes.firstIndex(of: UInt8(ascii: "=")) {
                let name = String(decoding: bytes[..<equals], as: UTF8.self)
                let value = bytes[(equals + 1)...]
                if variables[name] == nil {
                    variables[name] = String(decoding: value, as: UTF8.self)
                    if String(validating: value, as: UTF8.self) == nil { malformed.insert(name) }
                }
            }
            next += 1
        }
        return Environment(variables, malformed: malformed)
    }
}
