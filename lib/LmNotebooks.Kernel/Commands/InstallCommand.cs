using System.CommandLine;

namespace LmNotebooks.Kernel.Commands;

/// <summary><c>lm install</c> and <c>lm uninstall</c>: makes the kernel known to VS Code and Jupyter, and forgotten
/// again.</summary>
internal static class InstallCommand
{
    public static Command MakeInstall() => Make("install", """
        Make the kernel known to VS Code and Jupyter, and write a launcher 'lm' to ~/.local/bin. Doing it again brings both up to date.

        Examples:
          lm install
          lm install --prefix /usr/local       for all users; without a launcher
        """, "Replace another program's files of these names.", (place, force) =>
        {
            var installation = new Installation(place);
            Console.WriteLine(installation.InstallKernel(force));
            if (installation.InstallLauncher(force) is { } sentence) Console.WriteLine(sentence);
        });

    public static Command MakeUninstall() => Make("uninstall", """
        Remove what 'lm install' wrote, and nothing else.

        Examples:
          lm uninstall
          lm uninstall --prefix /usr/local
        """, "Remove another program's files of these names, too.", (place, force) =>
        {
            foreach (var sentence in new Installation(place).Uninstall(force)) Console.WriteLine(sentence);
        });

    private static Command Make(string name, string description, string forcing, Action<InstallPlace, bool> action)
    {
        var user = new Option<bool>("--user") { Description = "For you alone. This is the default." };
        var prefix = new Option<string?>("--prefix")
        {
            HelpName = "DIR", Description = "Below DIR/share/jupyter instead: a system folder or a Python environment.",
        };
        var force = new Option<bool>("--force") { Description = forcing };
        var command = new Command(name, description) { user, prefix, force };
        command.Validators.Add(result =>
        {
            if (result.GetValue(user) && result.GetValue(prefix) is not null)
                result.AddError("--user and --prefix exclude each other.");
        });
        command.SetAction(parsed => action(parsed.GetValue(prefix) is { } folder ? InstallPlace.Below(folder)
            : InstallPlace.OfUser,
            parsed.GetValue(force)));
        return command;
    }
}
