// The directory: people, units and regions as lists.

package postgres
