// Package policies says who may do what.
//
// The rules hang on roles and stand in policy.csv, one line each, for everybody to read:
//
//	p, role, object, step, act, condition, effect
//
// A role is written role:<name>; role:signed_in is everybody who is signed in, * (in deny rules only) is everybody at all.
// A step is a step of a procedure or *. A condition is the name of a Go function of this package, never an expression.
// One deny outweighs every allow, and what no rule allows is refused. Which person holds which role in which unit comes
// from a Source; a grant or deputyship counts by the clock at the moment of the decision, not of the loading.
//
// A file that says anything this package does not know, or that is not the file it was built with, is not served from.
package policies
