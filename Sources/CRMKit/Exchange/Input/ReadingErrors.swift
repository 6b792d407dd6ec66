import Formats

extension CSVError {
    /// Returns the problem of a row, or the error that the input cannot be read.
    func asInputError(row: Int, in encoding: InputEncoding) -> any Error {
        if case .unreadable(let error) = self { error.asInputError(row: row) } else { RowProblem(self, in: encoding) }
    }
}

extension JSONError {
    /// Returns the problem of a row, or the error that the input cannot be read.
    func asInputError(row: Int, in encoding: InputEncoding) -> any Error {
        if case .unreadable(let error) = self { return error.asInputError(row: row) }
        return RowProblem(self, row: row, in: encoding)
    }

    /// Returns the error for an input that can only be UTF-8.
    func asUTF8Error(row: Int) -> any Error {
        guard case .invalidUTF8(let byte, _) = self else { return asInputError(row: row, in: .utf8) }
        return RowProblem(row: row, at: position, reason: RowProblem.foreign(byte))
    }
}

extension LineError {
    /// Returns the problem of a row, or the error that the input cannot be read.
    func asInputError(row: Int, in encoding: InputEncoding) -> any Error {
        if case .unreadable(let error) = self { return error.asInputError(row: row) }
        return RowProblem(self, row: row, in: encoding)
    }
}

extension ReadError {
    /// Returns the problem of a row whose bytes contradict the stated encoding, or the error that the input cannot be
    /// read.
    func asInputError(row: Int) -> any Error {
        if case .contradicted(let contradiction) = self { return RowProblem(contradiction, row: row) }
        return CRMError(unreadable: self)
    }
}
