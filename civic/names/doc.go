// Package names compares names by what they say and not by how they are spelt.
//
// A task that the catalogue blocks must not slip in as 計劃生育 for 计划生育, as
// ＡＢＣ台账 for abc台账, with a space that nobody sees, or in quotation marks.
// [Normal] gives all spellings of a name one form; [Similar] says how much two
// names have in common, for a person to look at; [Valid] refuses characters that
// have no place in a name at all.
//
// The normal form is for comparing and never for showing. It may change between
// versions of the program, so what is stored beside a name is to be computed
// again when the program is upgraded.
package names
