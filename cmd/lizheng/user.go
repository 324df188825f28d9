package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"lizheng/civic"
	"lizheng/postgres"
)

// userCommand is what must be done before there is anybody who may do it in the application.
type userCommand struct {
	First   userFirst   `cmd:"" help:"Make the first administrators of an installation that has none; prints their passwords once."`
	Disable userDisable `cmd:"" help:"Take all sample accounts out of use."`
}

type ownerURL struct {
	URL string `name:"migrate-url" env:"LIZHENG_MIGRATE_URL" required:"" help:"Database as the role that owns it." placeholder:"URL"`
}

type userFirst struct {
	ownerURL
	Person []string `required:"" sep:"none" help:"LOGIN=NAME=ROLE=UNIT; one sys_admin, two sec_admin (grants need two) and one auditor. Repeat." placeholder:"LOGIN=NAME=ROLE=UNIT"`
}

// Run makes the first administrators.
func (c userFirst) Run(ctx context.Context, s streams) error {
	var people []postgres.FirstAdministrator
	passwords := map[string]string{}
	count := map[civic.Role]int{}
	for _, p := range c.Person {
		part := strings.Split(p, "=")
		if len(part) != 4 || !civic.Role(part[2]).Administers() {
			return fmt.Errorf("%q is not LOGIN=NAME=ROLE=UNIT with role sys_admin, sec_admin or auditor", p)
		}
		passwords[part[0]] = rand.Text()
		hash, err := postgres.HashPassword(passwords[part[0]])
		if err != nil {
			return err
		}
		count[civic.Role(part[2])]++
		people = append(people, postgres.FirstAdministrator{ID: strings.ReplaceAll(strings.ReplaceAll(part[0], ".", "-"), "_", "-"),
			Login: part[0], Name: part[1], Role: civic.Role(part[2]), Unit: part[3], Password: hash})
	}
	if count[civic.SystemAdmin] < 1 || count[civic.SecurityAdm] < 2 || count[civic.Auditor] < 1 {
		return errors.New("needed are at least one sys_admin, two sec_admin and one auditor, all different people")
	}
	if err := postgres.Bootstrap(ctx, c.URL, people); err != nil {
		return err
	}
	for _, p := range people {
		fmt.Fprintf(s.out, "%s %s\n", p.Login, passwords[p.Login])
	}
	return nil
}

type userDisable struct {
	ownerURL
	Sample bool `required:"" help:"All sample accounts."`
}

// Run takes the sample accounts out of use.
func (c userDisable) Run(ctx context.Context, s streams) error {
	n, err := postgres.DisableSample(ctx, c.URL)
	if err != nil {
		return err
	}
	fmt.Fprintln(s.out, n, "sample accounts disabled")
	return nil
}
