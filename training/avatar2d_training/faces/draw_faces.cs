#:project ../../../src/AvatarEngine/Avatar2D.AvatarEngine.csproj
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
#:property NoWarn=$(NoWarn);NU1603;CS1591;CA1707
using System.Globalization;
using System.Runtime.InteropServices;
using Avatar2D.AvatarEngine.Gallery;
using SkiaSharp;

// Usage: dotnet run draw_faces.cs DIR CHARACTERS FACES [FIRST_SEED]. Writes NNNNN.jpg (320x320) and NNNNN.pts (120 x 2 little-endian float32,
// order of FaceLandmarks) of characters drawn by lot with random mouths, eyes, brows and poses.
string folder = args[0];
int characters = int.Parse(args[1], CultureInfo.InvariantCulture);
int faces = int.Parse(args[2], CultureInfo.InvariantCulture);
int first = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 5000;
Directory.CreateDirectory(folder);
for (int c = 0; c < characters; c++)
{
    GalleryCharacter person = GalleryCharacter.Random(first + c);
    using var renderer = new GalleryRenderer(person, 320);
#pragma warning disable CA5394 // a fixed seed is the point
    var random = new Random(first + c);
    for (int f = 0; f < faces; f++)
    {
        float Lot(float low, float high) => low + ((high - low) * random.NextSingle());
        float Seldom(float chance, float high) => random.NextSingle() < chance ? Lot(0, high) : 0;
        FaceParameters mouth = FaceParameters.Lerp(
            VisemeTable.Shape(VisemeTable.All[random.Next(VisemeTable.All.Count)]),
            VisemeTable.Shape(VisemeTable.All[random.Next(VisemeTable.All.Count)]),
            Lot(0, 1)).Times(Lot(0.5f, 1.3f));
        float blink = random.NextSingle() < 0.2f ? Lot(0.5f, 1) : Seldom(0.3f, 0.4f);
        FaceParameters rest = new()
        {
            EyeBlinkLeft = blink,
            EyeBlinkRight = blink,
            EyeWideLeft = Seldom(0.2f, 1),
            EyeWideRight = Seldom(0.2f, 1),
            MouthSmileLeft = Seldom(0.3f, 0.8f),
            MouthSmileRight = Seldom(0.3f, 0.8f),
            BrowInnerUp = Seldom(0.3f, 1),
            BrowDownLeft = Seldom(0.2f, 1),
            BrowDownRight = Seldom(0.2f, 1),
            EyeLookInLeft = Seldom(0.3f, 0.8f),
            EyeLookOutRight = Seldom(0.3f, 0.8f),
            HeadYaw = Lot(-0.28f, 0.28f),
            HeadPitch = Lot(-0.2f, 0.2f),
            HeadRoll = Lot(-0.2f, 0.2f),
        };
        renderer.Render(FaceParameters.Add(mouth, rest));
        string name = Path.Combine(folder, ((c * faces) + f).ToString("D5", CultureInfo.InvariantCulture));
        using SKBitmap picture = new(new SKImageInfo(320, 320, SKColorType.Bgra8888, SKAlphaType.Opaque));
        renderer.Pixels.CopyTo(picture.GetPixelSpan());
        using (FileStream file = File.Create(name + ".jpg"))
            picture.Encode(file, SKEncodedImageFormat.Jpeg, 95);
        File.WriteAllBytes(name + ".pts", MemoryMarshal.AsBytes(renderer.Landmarks.Points).ToArray());
    }

    Console.WriteLine($"{c + 1}/{characters}");
}
