// Package space is the rule of community service housing (社区服务用房): what a
// residential compound owes, what it built, what is missing and how that is made
// good. It decides nothing and knows no case: every number of a standard comes from
// the caller, every answer carries the figures that it rests on.
//
// All arithmetic is exact. Areas are whole hundredths of a square metre, persons and
// ratios whole ten-thousandths; nothing is ever a float, for ceil(1876 × 3.2 ÷ 10)
// errs in binary at the very boundaries that people argue about.
//
// What a person may get wrong is a [Finding] with its words and figures; an error
// means that the caller passed what cannot be.
package space
