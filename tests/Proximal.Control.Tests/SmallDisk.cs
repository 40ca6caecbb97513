using System.Diagnostics;

namespace Proximal.Control.Tests;

/// <summary>A file system of a few pages, for one test. Only a superuser of Linux can make one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SmallDisk(int kilobytes)
    {
        if (!Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", folder.Path))
        {
            folder.Dispose();
            throw new NotSupportedException("No file system can be mounted here.");
        }
    }

    public string Path => folder.Path;

    public static bool IsSupported()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return false;
        }

        try
        {
            new SmallDisk(64).Dispose();
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    public void Grow(int kilobytes) => Assert.True(Run("mount", "-o", $"remount,size={kilobytes}k", folder.Path));

    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", folder.Path));

    public void Dispose()
    {
        Run("umount", folder.Path);
        folder.Dispose();
    }

    private static bool Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
