import Localization

/// What is wrong with a component: a property that cannot be read.
struct EventFault: Error {
    let property: String
    let value: String
    let reason: Text
}
