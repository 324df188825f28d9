package policies

//go:generate go test -run TestTheRulesAreTheExpectedOnes -update .

// expected is what the rules were when they were last reviewed; go generate writes it.
var expected = expectation{
	Rules:  578,
	Model:  "3e372dde4e2ef3a424daa08cbf435d67d9c2b7707718f2f35836f59c941b7b29",
	Policy: "32052642e42f065b344b54b63357525bf18adca68495c541bad392ac66f30ed4",
}
