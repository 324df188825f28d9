/** Same has the keys of another set of texts, so that a language that lacks one does not compile. */
export type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> }
