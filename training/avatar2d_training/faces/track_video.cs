#:project ../../../src/AvatarEngine/Avatar2D.AvatarEngine.csproj
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
#:property NoWarn=$(NoWarn);NU1603;CS1591;CA1707
using System.Globalization;
using System.Numerics;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Media;

// Usage: ffmpeg -i VIDEO -pix_fmt yuv420p -f rawvideo - | dotnet run track_video.cs MODELS WIDTH HEIGHT [FPS]
// The tracker of the serving side on raw pictures; one line a picture: number, face (0 or 1), presence, opening, width, rounding,
// blink left, blink right, brow left, brow right, yaw, pitch, then the smoothed landmarks x y ... in picture pixels.
int width = int.Parse(args[1], CultureInfo.InvariantCulture), height = int.Parse(args[2], CultureInfo.InvariantCulture);
double fps = args.Length > 3 ? double.Parse(args[3], CultureInfo.InvariantCulture) : 25;
using FaceTracker tracker = FaceModels.Load(args[0]).CreateTracker();
using Stream input = Console.OpenStandardInput();
byte[] frame = new byte[width * height * 3 / 2];
for (int n = 0; input.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length; n++)
{
    var view = new I420View(frame.AsSpan(0, width * height), frame.AsSpan(width * height, width * height / 4), frame.AsSpan(width * height * 5 / 4), width, height, width, width / 2);
    bool found = tracker.Update(view, TimeSpan.FromSeconds(n / fps));
    if (!found)
    {
        Console.WriteLine($"{n} 0");
        continue;
    }

    FaceSignals s = FaceSignals.Measure(tracker.RawPoints);
    HeadPose pose = HeadPose.Estimate(tracker.RawPoints);
    var line = new List<float> { n, 1, tracker.Presence, s.MouthOpening, s.MouthWidth, s.MouthRounding, s.BlinkLeft, s.BlinkRight, s.BrowLeft, s.BrowRight, pose.Yaw, pose.Pitch };
    foreach (Vector2 p in tracker.Points)
        line.AddRange([p.X, p.Y]);
    foreach (Vector2 p in tracker.RawPoints)
        line.AddRange([p.X, p.Y]);
    Console.WriteLine(string.Join(' ', line.Select(v => v.ToString("0.####", CultureInfo.InvariantCulture))));
}
