import CRMKit
import Localization

/// A file on this machine that a document refers to by its path.
enum DocumentPath {
    /// Returns the inputs of a document's fields, completed by the size and hash of the file if a path is given.
    ///
    /// - Throws: ``CRMError`` `inputOutput` for a file that cannot be read.
    static func inputs(of inputs: [FieldInput]) throws -> [FieldInput] {
        guard let path = inputs.last(where: { $0.field == "path" })?.text, !path.isEmpty else { return inputs }
        let file = try HashedFile(reading: path)
        try StatedContent.check(inputs, Text(path), sha256: file.sha256, size: file.size)
        let name = FilePath(path).name
        let told = [
            FieldInput("path", .set(file.path)), FieldInput("file_name", .set(FileName.cleaned(name))),
            FieldInput("media_type", .set(file.mediaType.description)), FieldInput("size", .set("\(file.size)")),
            FieldInput("sha256", .set(file.sha256)), FieldInput("title", .set(FileName.stem(FileName.cleaned(name)))),
        ]
        let given = inputs.filter { $0.field != "path" }
        return told.filter { told in !given.contains { $0.field == told.field } } + given
    }
}
