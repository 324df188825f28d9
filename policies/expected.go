package policies

//go:generate go test -run TestTheRulesAreTheExpectedOnes -update .

// expected is what the rules were when they were last reviewed; go generate writes it.
var expected = expectation{
	Rules:  323,
	Model:  "3e372dde4e2ef3a424daa08cbf435d67d9c2b7707718f2f35836f59c941b7b29",
	Policy: "64ef1d7fbd321ed7831075354af8bc5695977e3870b7c1ad65158057f879484b",
}
