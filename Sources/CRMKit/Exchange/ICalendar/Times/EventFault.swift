import Localization

/// The error that a property of a component cannot be read.
struct EventFault: Error {
    let property: String
    let value: String
    let reason: Text
}
