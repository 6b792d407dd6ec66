import Foundation

@testable import CLIKit

extension Pipe {
    /// The end to write to, as CLIKit knows it.
    var writing: CLIKit.FileDescriptor {
        CLIKit.FileDescriptor(rawValue: fileHandleForWriting.fileDescriptor)
    }

    /// The end to read from, as CLIKit knows it.
    var reading: CLIKit.FileDescriptor {
        CLIKit.FileDescriptor(rawValue: fileHandleForReading.fileDescriptor)
    }

    /// A pipe that holds some bytes and then ends.
    static func holding(_ bytes: [UInt8]) throws -> Pipe {
        let pipe = Pipe()
        try pipe.writing.write(bytes)
        try pipe.fileHandleForWriting.close()
        return pipe
    }

    /// Ends the pipe and gives what was written to it.
    func written() throws -> String {
        try fileHandleForWriting.close()
        return String(decoding: fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
}
