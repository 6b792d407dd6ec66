@preconcurrency import Glibc

/// The environment variables of a process, as a value to pass on: only `main` reads those of the process.
public struct Environment: Sendable, Equatable {
    private struct Variable: Sendable, Equatable {
        let name: String
        let value: String
    }

    /// In the order of the process; of two with one name the first counts, as for `getenv`. A list, since the few
    /// variables that a command asks for are found sooner than all are hashed.
    private let list: [Variable]
    /// The names of the variables whose value is not UTF-8, and is therefore stored with replacement characters.
    public let malformed: [String]

    private init(_ list: [Variable], malformed: [String]) {
        self.list = list
        self.malformed = malformed
    }

    /// Creates an environment of the given variables.
    public init(_ variables: [String: String]) {
        self.init(variables.map { Variable(name: $0.key, value: $0.value) }.sorted { $0.name < $1.name }, malformed: [])
    }

    /// The variables by name.
    public var variables: [String: String] {
        Dictionary(list.lazy.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// The value of a variable; `nil` if it is not set.
    public subscript(name: String) -> String? {
        list.first { $0.name == name }?.value
    }

    /// Returns the value of a variable; `nil` if it is not set or empty, which are the same to POSIX programs.
    public func nonEmpty(_ name: String) -> String? {
        self[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Returns the value of a variable if it is an absolute path, `nil` otherwise. The XDG Base Directory Specification
    /// tells programs to ignore relative paths.
    public func absolutePath(_ name: String) -> String? {
        self[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }

    /// Returns whether a program can be run. A name without a slash is looked up in the folders of `PATH`.
    public func finds(_ program: String) -> Bool {
        if program.utf8.contains(UInt8(ascii: "/")) { return access(program, X_OK) == 0 }
        let folders = (self["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
        return folders.contains { access("\($0)/\(program)", X_OK) == 0 }
    }

    /// Returns the environment of this process. If a name occurs twice, the first occurrence counts, as for `getenv`.
    public static func ofProcess() -> Environment {
        var list: [Variable] = []
        var malformed: [String] = []
        var next = environ
        while let entry = next.pointee {
            let bytes = UnsafeRawBufferPointer(start: entry, count: strlen(entry))
            if let equals = bytes.firstIndex(of: UInt8(ascii: "=")) {
                let name = String(decoding: bytes[..<equals], as: UTF8.self)
                let written = bytes[(equals + 1)...]
                let value = String(decoding: written, as: UTF8.self)
                list.append(Variable(name: name, value: value))
                // What is no UTF-8 has become a replacement character, which is other bytes.
                if !value.utf8.elementsEqual(written) { malformed.append(name) }
            }
            next += 1
        }
        return Environment(list, malformed: malformed)
    }
}
