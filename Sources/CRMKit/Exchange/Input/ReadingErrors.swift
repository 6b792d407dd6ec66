import Formats

extension CSVError {
    /// The row at fault, or the failure to read any.
    func asInputError(row: Int, in encoding: InputEncoding) -> any Error {
        if case .unreadable(let error) = self { error.asInputError(row: row) } else { RowProblem(self, in: encoding) }
    }
}

extension JSONError {
    /// The row at fault, or the failure to read any.
    func asInputError(row: Int, in encoding: InputEncoding) -> any Error {
        if case .unreadable(let error) = self { return error.asInputError(row: row) }
        return RowProblem(self, row: row, in: encoding)
    }

    /// Returns the error for an input that can only be UTF-8.
    func asUTF8Error(row: Int) -> any Error {
        guard case .invalidUTF8(let byte, _) = self else { return asInputError(row: row, in: .utf8) }
        return RowProblem(
            row: row,
            line: position?.line ?? 0,
            column: position?.column,
            field: nil,
            value: nil,
            reason: RowProblem.foreign(byte)
        )
    }
}

extension LineError {
    /// The row at fault, or the failure to read any.
    func asInputError(row: Int, in encoding: InputEncoding) -> any Error {
        if case .unreadable(let error) = self { return error.asInputError(row: row) }
        return RowProblem(self, row: row, in: encoding)
    }
}

extension ReadError {
    /// The row at which bytes contradict what was told of them, or the failure to read any.
    func asInputError(row: Int) -> any Error {
        if case .contradicted(let contradiction) = self { return RowProblem(contradiction, row: row) }
        return CRMError(unreadable: self)
    }
}
