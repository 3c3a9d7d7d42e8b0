using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Registration;
using Avatar2D.AvatarEngine.Rendering;
using Avatar2D.Codecs.Video;
using Avatar2D.Gateway.Measuring;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Speech;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Tests.Measuring;

/// <summary>Drawn people who say the demo's sentence over their own loop, through a video coder: the openings are known exactly.</summary>
public class DrawnMouthMeterTests
{
    private const int Side = 256;
    private const int LoopFrames = 40;

    [Theory]
    [InlineData("maya")]
    [InlineData("jonas")]
    [InlineData("kiko")]
    public void TryMeasure_SpeakingCharacter_FollowsTheDrawnMouth(string name)
    {
        GalleryCharacter character = Gallery.Find(name)!;
        FaceTimeline idle = FaceTimeline.NeutralLoop(character);
        FaceTimeline speech = FaceTimeline.Speech(PhoneTable.Read(InstallationFiles.Find("assets/speech.json")!).Spans);
        using var renderer = new GalleryRenderer(character, Side);
        var loop = new List<I420Frame>();
        var places = new List<PatchTransform>();
        for (int frame = 0; frame < LoopFrames; frame++)
        {
            FaceParameters face = idle.AtFrame(frame);
            loop.Add(Draw(renderer, face));
            places.Add(DrawnClip.Place(renderer.Landmarks, face));
        }

        PatchPicture reference = PatchPicture.Cut(loop[0].View, places[0], 64);
        using var meter = new DrawnMouthMeter(character, loop, new FaceSource(places, reference, reference));
        using var encoder = new LibAvVideoEncoder(new VideoEncoderSettings { Width = Side, Height = Side, BitRate = 300_000 });
        using var decoder = new LibAvVideoDecoder(VideoCodec.H264);
        var wanted = new List<double>();
        var found = new List<double>();
        int misplaced = 0;
        for (int i = 0; i < 100; i++)
        {
            FaceParameters face = FaceParameters.Add(speech.At(TimeSpan.FromSeconds(i * 0.04)), idle.AtFrame(i % LoopFrames));
            I420Frame picture = Draw(renderer, face);
            wanted.Add(DrawnMouth.Draw(renderer, face, 64).Opening);
            Assert.True(decoder.TryDecode(encoder.Encode(picture.View, i, i == 0).AccessUnit, i, out DecodedVideo shown));
            Assert.True(meter.TryMeasure(shown.Picture, TimeSpan.FromSeconds(i * 0.04), out double opening));
            misplaced += Math.Abs(meter.FrameOf(shown.Picture) - (i % LoopFrames)) > 2 ? 1 : 0;
            found.Add(opening);
        }

        CurveMatch match = CurveMatch.Of(TimedCurve.Every(0.04, wanted), TimedCurve.Every(0.04, found), -0.1, 0.1)!.Value;
        Assert.True(match.Correlation > 0.95, $"r {match.Correlation:0.000}");
        Assert.Equal(0, match.LagSeconds, 0.01);
        Assert.InRange(match.Slope, 0.7, 1.3);
        Assert.InRange(misplaced, 0, 10);
    }

    private static I420Frame Draw(GalleryRenderer renderer, FaceParameters face)
    {
        renderer.Render(face);
        var picture = new I420Frame(Side, Side);
        PackedPicture.ToI420(renderer.Pixels, Side * 4, PackedOrder.Bgra, picture.View);
        return picture;
    }
}
