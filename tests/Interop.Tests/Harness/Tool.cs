namespace Avatar2D.Interop.Tests.Harness;

/// <summary>A program of a third party that a test needs; without it the test fails, it is never left out.</summary>
internal static class Tool
{
    public static string Baresip => PathOf("baresip", "baresip-core baresip-ffmpeg");

    public static string Chromium => PathOf("chromium", "chromium");

    public static string Dnsmasq => PathOf("dnsmasq", "dnsmasq-base");

    public static string Ffmpeg => PathOf("ffmpeg", "ffmpeg");

    public static string Ffprobe => PathOf("ffprobe", "ffmpeg");

    public static string Kamailio => PathOf("kamailio", "kamailio");

    public static string Linphone => PathOf("linphonec", "linphone-cli mediastreamer2-plugin-openh264");

    public static string Openssl => PathOf("openssl", "openssl");

    /// <summary>Debian's Python with a module of its own packages.</summary>
    public static string PythonOf(string module)
    {
        if (!Directory.Exists($"/usr/lib/python3/dist-packages/{module}"))
            Assert.Fail($"Python's {module} is missing on this machine. To get it: apt-get install python3-{module} (./test does so as root).");
        return "/usr/bin/python3"; // Not one that stands before it in PATH.
    }

    public static string Sipp => PathOf("sipp", "sip-tester");

    /// <summary>Looks for a program in PATH.</summary>
    /// <param name="name">File name.</param>
    /// <param name="packages">Debian packages that bring it.</param>
    public static string PathOf(string name, string packages)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        string? path = folders.Append("/usr/bin").Append("/usr/sbin").Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (path is null)
            Assert.Fail($"{name} is missing on this machine. To get it: apt-get install {packages} (./test does so as root).");
        return path;
    }
}
