#!/usr/bin/python3
"""An RTP peer without signalling: packets by aiortc, codecs by aiortc and libavcodec (PyAV), SRTP by libsrtp (pylibsrtp).

    rtp-peer.py ADDRESS PORT
RTP and RTCP of sound at PORT and PORT + 1, of the picture at PORT + 2 and PORT + 3. Reads one order a line (JSON), tells five times a
second what it has received, until its input ends. Sound goes to where sound comes from, unless an order names a port:
    {"do": "speak", "type": 0, "codec": "pcmu", "hz": 440, "ms": 20}    a tone from now on; codec pcmu, pcma, g722 or cn (RFC 3389, "level": dBov)
    {"do": "speak", ..., "ssrc": 7, "leap": 90000, "port": 20000}       as another source, after a leap of the timestamp, to a port
    {"do": "rest"}                                                      nothing is sent
    {"do": "keys", "profile": "AES128_CM_SHA1_80", "out": "...", "in": "..."}   SRTP from now on; keys in base64
    {"do": "feedback", "kind": "remb" | "tmmbr" | "pli", "bps": 64000, "ssrc": 7, "port": 20003}
                                                                        about the picture; without ssrc about what comes, to where it comes from
    {"do": "lose", "share": 0.3, "ssrc": 7}                             a receiver report ten times a second; share null: no more
"""

import asyncio
import audioop
import base64
import collections
import json
import math
import socket
import struct
import sys

import av
import pylibsrtp
from aiortc import rtp
from aiortc.codecs.h264 import H264PayloadDescriptor

RATE_HZ = 8000  # of the RTP clock of all codecs here; G.722 has twice as many samples
OWN_VIDEO_SSRC = 0x76696465


class Tone:
    """Sound of a tone, coded; one object for each beginning."""

    def __init__(self, codec, hz, ms, level):
        self.codec, self.ms, self.time = codec, ms, 0
        self.hz, self.rate = hz, 16000 if codec == "g722" else RATE_HZ
        self.g722 = coder("g722", "w") if codec == "g722" else None
        self.noise = comfort_noise(level) if codec == "cn" else b""

    def next(self):
        if self.codec == "cn":
            return self.noise
        count = self.rate * self.ms // 1000
        pcm = struct.pack(
            f"<{count}h", *(int(8000 * math.sin(2 * math.pi * self.hz * (self.time + i) / self.rate)) for i in range(count)))
        self.time += count
        if self.codec == "pcmu":
            return audioop.lin2ulaw(pcm, 2)
        if self.codec == "pcma":
            return audioop.lin2alaw(pcm, 2)
        return b"".join(bytes(packet) for packet in self.g722.encode(frame_of(pcm, self.rate)))


def coder(name, mode):
    context = av.CodecContext.create(name, mode)
    context.format, context.layout, context.sample_rate = "s16", "mono", 16000 if name == "g722" else RATE_HZ
    return context


def frame_of(pcm, rate):
    frame = av.AudioFrame(format="s16", layout="mono", samples=len(pcm) // 2)
    frame.planes[0].update(pcm)
    frame.sample_rate = rate
    return frame


def comfort_noise(level):
    """The payload that libavcodec makes of white noise of so many dBov."""
    context = coder("comfortnoise", "w")
    context.open()
    state, pcm = 1, []
    for _ in range(context.frame_size or 640):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        pcm.append(int((state / 0x3FFFFFFF - 1) * 32767 * math.sqrt(3) * 10 ** (level / 20)))
    packets = context.encode(frame_of(struct.pack(f"<{len(pcm)}h", *pcm), RATE_HZ)) or context.encode(None)
    return bytes(packets[0])


class Sound:
    """What comes in: decoded, its loudness and its tone of the last quarter of a second."""

    def __init__(self):
        self.types, self.sources, self.tos, self.packets, self.refused = {}, [], [], 0, 0
        self.pcm, self.rate, self.ms, self.last, self.origin, self.g722 = b"", RATE_HZ, 0, None, None, coder("g722", "r")

    def take(self, packet, names):
        self.packets += 1
        self.types[packet.payload_type] = self.types.get(packet.payload_type, 0) + 1
        if packet.ssrc not in self.sources:
            self.sources.append(packet.ssrc)
        if self.last is not None and (packet.sequence_number - self.last[0]) & 0xFFFF == 1:
            self.ms = ((packet.timestamp - self.last[1]) & 0xFFFFFFFF) * 1000 // RATE_HZ
        self.last = packet.sequence_number, packet.timestamp
        name = names.get(packet.payload_type, "")
        if name == "pcmu":
            pcm, self.rate = audioop.ulaw2lin(packet.payload, 2), RATE_HZ
        elif name == "pcma":
            pcm, self.rate = audioop.alaw2lin(packet.payload, 2), RATE_HZ
        elif name == "g722":
            frames = self.g722.decode(av.Packet(packet.payload))
            pcm, self.rate = b"".join(bytes(frame.planes[0])[:2 * frame.samples] for frame in frames), 16000
        else:
            return
        self.pcm = (self.pcm + pcm)[-self.rate // 2:]  # 2 bytes a sample

    def figures(self):
        count = len(self.pcm) // 2
        power = audioop.rms(self.pcm, 2) if count else 0
        crossings = audioop.cross(self.pcm, 2) if count else 0
        return {
            "packets": self.packets, "types": self.types, "sources": self.sources, "tos": self.tos, "ms": self.ms, "refused": self.refused,
            "dbov": round(20 * math.log10(power / 32768), 1) if power else -127.0, "hz": round(crossings * self.rate / 2 / count) if count else 0}


class Picture:
    """What comes in: decoded, its size, the least time of the last ten from one to the next."""

    def __init__(self):
        self.packets, self.pictures, self.width, self.height, self.ssrc, self.tos, self.unit = 0, 0, 0, 0, 0, [], b""
        self.granted, self.origin, self.highest, self.last, self.gaps = 0, None, 0, None, collections.deque(maxlen=10)
        self.codec = av.CodecContext.create("h264", "r")

    def take(self, packet):
        self.packets += 1
        self.ssrc, self.highest = packet.ssrc, packet.sequence_number
        self.unit += H264PayloadDescriptor.parse(packet.payload)[1]
        if not packet.marker:
            return
        if self.last is not None:
            self.gaps.append(((packet.timestamp - self.last) & 0xFFFFFFFF) // 90)
        self.last = packet.timestamp
        try:
            for frame in self.codec.decode(av.Packet(self.unit)):
                self.pictures += 1
                self.width, self.height = frame.width, frame.height
        except av.AVError:
            pass  # before the first key frame
        self.unit = b""

    def figures(self):
        return {
            "packets": self.packets, "pictures": self.pictures, "width": self.width, "height": self.height, "ssrc": self.ssrc, "tos": self.tos,
            "granted": self.granted, "ms": min(self.gaps, default=0)}


class Peer:
    def __init__(self, address, port):
        self.sound, self.picture, self.names, self.reports = Sound(), Picture(), {}, {}
        self.sockets = [self.open(address, port + i, take) for i, take in enumerate((self.on_sound, self.on_rtcp, self.on_picture, self.on_rtcp))]
        self.sequence, self.timestamp, self.ssrc, self.port = 1000, 1000, 0x736F756E, None
        self.speaking = self.losing = None
        self.out = self.into = None

    def open(self, address, port, take):
        one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        one.setsockopt(socket.IPPROTO_IP, socket.IP_RECVTOS, 1)
        one.setblocking(False)
        one.bind((address, port))

        def readable():
            try:
                data, more, _, origin = one.recvmsg(4096, 64)
                take(data, [value[0] for level, kind, value in more if kind == socket.IP_TOS], origin)
            except (BlockingIOError, ConnectionRefusedError, ValueError):
                pass  # the next one; ours was sent to a port that has gone; no RTP

        asyncio.get_running_loop().add_reader(one, readable)
        return one

    def on_sound(self, data, tos, origin):
        self.sound.origin = origin
        if self.into:
            try:
                data = self.into.unprotect(data)
            except pylibsrtp.Error:
                self.sound.refused += 1
                return
        self.sound.tos = sorted({*self.sound.tos, *tos})
        self.sound.take(rtp.RtpPacket.parse(data), self.names)

    def on_picture(self, data, tos, origin):
        self.picture.origin = origin
        self.picture.tos = sorted({*self.picture.tos, *tos})
        self.picture.take(rtp.RtpPacket.parse(data))

    def on_rtcp(self, data, tos, origin):
        for packet in rtp.RtcpPacket.parse(data):
            kind = type(packet).__name__
            self.reports[kind] = self.reports.get(kind, 0) + 1
        while len(data) >= 4:
            first, kind, words = struct.unpack("!BBH", data[:4])
            if kind == rtp.RTCP_RTPFB and first & 31 == 4 and words >= 4:  # TMMBN, RFC 5104
                limit = struct.unpack("!L", data[16:20])[0]
                self.picture.granted = ((limit >> 9) & 0x1FFFF) << (limit >> 26)
            data = data[4 * (words + 1):]

    async def speak(self, order):
        tone = Tone(order["codec"], order.get("hz", 0), order.get("ms", 20), order.get("level", -40))
        marker = 1
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            packet = rtp.RtpPacket(
                payload_type=order["type"], marker=marker, sequence_number=self.sequence & 0xFFFF, timestamp=self.timestamp & 0xFFFFFFFF,
                ssrc=self.ssrc, payload=tone.next())
            marker = 0
            data = packet.serialize()
            origin = self.sound.origin
            to = (order.get("host", "127.0.0.1"), self.port) if self.port else origin
            if to:
                self.sockets[0].sendto(self.out.protect(data) if self.out else data, to)
                self.sequence += 1
            self.timestamp += RATE_HZ * tone.ms // 1000
            due += tone.ms / 1000
            await asyncio.sleep(max(0, due - loop.time()))

    async def lose(self, order):
        while True:
            await asyncio.sleep(0.1)
            self.rtcp(bytes(self.report(order)))

    def report(self, order):
        about = rtp.RtcpReceiverInfo(
            ssrc=order.get("ssrc") or self.picture.ssrc, fraction_lost=int(255 * order.get("share", 0)), packets_lost=0,
            highest_sequence=self.picture.highest, jitter=0, lsr=0, dlsr=0)
        return rtp.RtcpRrPacket(ssrc=OWN_VIDEO_SSRC, reports=[about])

    def feedback(self, order):
        about = order.get("ssrc") or self.picture.ssrc
        if order["kind"] == "pli":
            return rtp.RtcpPsfbPacket(fmt=rtp.RTCP_PSFB_PLI, ssrc=OWN_VIDEO_SSRC, media_ssrc=about)
        if order["kind"] == "remb":
            return rtp.RtcpPsfbPacket(
                fmt=rtp.RTCP_PSFB_APP, ssrc=OWN_VIDEO_SSRC, media_ssrc=0, fci=rtp.pack_remb_fci(order["bps"], [about]))
        exponent = max(0, order["bps"].bit_length() - 17)
        limit = exponent << 26 | (order["bps"] >> exponent) << 9 | 40
        return rtp.pack_rtcp_packet(rtp.RTCP_RTPFB, 3, struct.pack("!LLLL", OWN_VIDEO_SSRC, 0, about, limit))

    def rtcp(self, data, port=None):
        if port or self.picture.origin:
            self.sockets[3].sendto(data, ("127.0.0.1", port or self.picture.origin[1] + 1))

    def obey(self, order):
        kind = order["do"]
        if kind in ("speak", "rest") and self.speaking:
            self.speaking.cancel()
        if kind == "speak":
            self.ssrc = order.get("ssrc") or self.ssrc
            self.port = order.get("port") or self.port
            self.timestamp += order.get("leap") or 0
            if order["codec"] != "cn":
                self.names[order["type"]] = order["codec"]
            self.speaking = asyncio.ensure_future(self.speak(order))
        elif kind == "keys":
            profile = getattr(pylibsrtp.Policy, "SRTP_PROFILE_" + order["profile"])
            self.out, self.into = (
                pylibsrtp.Session(policy=pylibsrtp.Policy(key=base64.b64decode(order[way]), ssrc_type=ssrc, srtp_profile=profile))
                for way, ssrc in (("out", pylibsrtp.Policy.SSRC_ANY_OUTBOUND), ("in", pylibsrtp.Policy.SSRC_ANY_INBOUND)))
        elif kind == "feedback":
            self.rtcp(bytes(rtp.RtcpRrPacket(ssrc=OWN_VIDEO_SSRC)) + bytes(self.feedback(order)), order.get("port"))
        elif kind == "lose":
            if self.losing:
                self.losing.cancel()
            self.losing = asyncio.ensure_future(self.lose(order)) if order.get("share") is not None else None


async def main(address, port):
    peer = Peer(address, int(port))
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)

    async def tell():
        while True:
            print(json.dumps({"sound": peer.sound.figures(), "picture": peer.picture.figures(), "reports": peer.reports}), flush=True)
            await asyncio.sleep(0.2)

    telling = asyncio.ensure_future(tell())
    while line := await lines.readline():
        peer.obey(json.loads(line))
    telling.cancel()


asyncio.run(main(*sys.argv[1:]))
