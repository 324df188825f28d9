package policies

import (
	"errors"
	"fmt"

	"github.com/casbin/casbin/v2/model"
)

// Book is a file of rules that was read and checked.
type Book struct {
	Version string `json:"version"` // SHA-256 of the file: what the line numbers refer to
	Rules   []Rule `json:"rules"`
}

// Check reads the rules that the binary was built with, as the service does: every line, the count and the hash. It needs
// neither grants nor a database, and names every line that it refuses.
func Check() (Book, error) { return check(modelText, policyText, expected) }

func check(modelText, policyText string, want expectation) (Book, error) {
	book, lines := CheckText(policyText)
	_, err := load(modelText, policyText, want)
	if err != nil {
		return Book{}, errors.Join(lines, err)
	}
	return book, nil
}

// CheckText reads a file of rules that nothing is served from yet, line by line.
func CheckText(policyText string) (Book, error) {
	m, err := model.NewModelFromString(modelText)
	if err != nil {
		return Book{}, fmt.Errorf("read model.conf: %w", err)
	}
	rules, err := parse(policyText, m)
	if err != nil {
		return Book{}, err
	}
	if len(rules) == 0 {
		return Book{}, errors.New("policy.csv: there is no rule in it")
	}
	return Book{Version: digest(policyText), Rules: rules}, nil
}
