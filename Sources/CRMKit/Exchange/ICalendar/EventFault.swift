import Localization

/// A fault of a component: a property that cannot be read.
struct EventFault: Error {
    let property: String
    let value: String
    let reason: Text
}
