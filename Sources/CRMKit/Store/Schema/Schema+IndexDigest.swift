// `make golden` writes this file.

extension Schema {
    /// What the indexes of the program's own modules are called, as ``ForeignSchema/indexDigest()`` tells it of a file: to
    /// work it out would make every definition whenever a file is opened for writing. One that is out of date makes that
    /// slower and nothing else.
    static let indexDigest = "0c880c56f88cb3e1e3fa7bb48f4b9ceffae6d3fd55aaa2461f79eaa3223fe79f"
}
