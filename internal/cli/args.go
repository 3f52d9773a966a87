package cli

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// An argument in the wrong place may be a DSN or a token. Cobra's errors quote arguments, so they are replaced here.

// noArgs refuses arguments. It is for commands that take only flags.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("%q takes no word without a flag before it; see %s --help", cmd.CommandPath(), cmd.CommandPath())
}

// oneFile wants the name of one file. It is for commands that write one.
func oneFile(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("%q takes the name of one file; see %s --help", cmd.CommandPath(), cmd.CommandPath())
	}
	return someFiles(cmd, args)
}

// someFiles wants the names of files. It is for commands that read them.
func someFiles(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("%q takes the names of files; see %s --help", cmd.CommandPath(), cmd.CommandPath())
	}
	for _, name := range args {
		if strings.Contains(name, "://") || strings.HasPrefix(name, "sqlite:") {
			return fmt.Errorf("%q takes the name of a file, not of a database; see %s --help", cmd.CommandPath(), cmd.CommandPath())
		}
	}
	return nil
}

// plainFlag matches the name of a flag without a value. It is safe to quote.
var plainFlag = regexp.MustCompile(`^[a-z-]{1,20}$`)

// flagError says what is wrong with a flag. It never quotes the flag's value.
func flagError(cmd *cobra.Command, err error) error {
	help := "; see " + cmd.CommandPath() + " --help"
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		if name := unknown.GetSpecifiedName(); unknown.GetSpecifiedShortnames() == "" && plainFlag.MatchString(name) {
			return errors.New("there is no flag --" + name + help)
		}
		return errors.New("there is no such flag; those of more than one letter begin with two dashes" + help)
	}
	if wrong, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return errors.New("--" + wrong.GetFlag().Name + " does not take this value" + help)
	}
	if without, ok := errors.AsType[*pflag.ValueRequiredError](err); ok && plainFlag.MatchString(without.GetSpecifiedName()) {
		return errors.New("--" + without.GetSpecifiedName() + " needs a value" + help)
	}
	return errors.New("a flag cannot be read" + help)
}
