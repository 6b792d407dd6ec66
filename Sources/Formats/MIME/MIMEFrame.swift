/// An open part that contains others while a message is parsed.
enum MIMEFrame {
    /// A part whose parts are separated by delimiter lines; `nil` until the boundary is known.
    case multipart(MIMEPart, boundary: [UInt8]?, hasParts: Bool)
    /// A message within the message.
    case message(MIMEPart)

    var part: MIMEPart {
        switch self {
        case .multipart(let part, _, _), .message(let part): part
        }
    }
}

/// The place of the next line while a message is parsed.
enum MIMEMode {
    /// In the header of a part.
    case header
    /// In the body of a leaf part.
    case leaf(MIMEPart)
    /// Before the first part of a multipart, or after the last.
    case between
}

/// The unchanged bytes of a message within the message.
struct EmbeddedBytes {
    let part: MIMEPart
    /// The number of open parts, the message included.
    let level: Int
    /// The bytes that have not been passed on.
    var bytes: [UInt8] = []
    /// The line end due before the next line.
    private var lineEnd: [UInt8] = []

    init(part: MIMEPart, level: Int) { (self.part, self.level) = (part, level) }

    /// Adds a line. Returns the number of bytes that have not been passed on.
    mutating func take(_ line: UnsafeBufferPointer<UInt8>, _ end: [UInt8]) -> Int {
        bytes += lineEnd
        bytes.append(contentsOf: line)
        lineEnd = end
        return bytes.count
    }

    /// Passes the bytes on.
    func tell(_ handler: any MIMEHandler) throws {
        if bytes.isEmpty { return }
        try bytes.withUnsafeBytes { try handler.body($0, of: part.index) }
    }
}

extension [MIMEFrame] {
    /// Whether a header within these parts is that of a message, and not of a part of one.
    var areOfMessage: Bool {
        if case .multipart? = last { false } else { true }
    }

    /// Whether a part within these parts is one of a digest.
    var areOfDigest: Bool { last?.part.mediaType == "multipart/digest" }
}
