/// What the words of a filter mean where it applies; by default nothing is known of that.
struct FilterWords {
    /// Returns the name of the records that a word means where it is that of no field.
    var records: (String) -> String? = { _ in nil }
    /// Returns the path to the field that a word names, or that alone it can mean; `nil` if there is none.
    var field: ((String) -> String?)?
    /// Returns the field that records of a name have only once they are closed; `nil` if they have none.
    var closing: (String) -> String? = { _ in nil }
    /// The present day.
    var today: CivilDate?
}
