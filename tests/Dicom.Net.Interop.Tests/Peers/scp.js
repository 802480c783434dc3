// An SCP on dcmjs-dimse: `node scp.js FOLDER`. It listens on a port of its choice, says which, and accepts every presentation context in
// the first transfer syntax of each. It keeps the bytes of each C-STORE's data set in FOLDER/INSTANCE, and SOP instances that N-CREATE
// has created in memory, until N-DELETE. What it receives it writes down, a line each.
'use strict';
const { writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { Dataset, Scp, Server, constants, log, responses } = require('dcmjs-dimse');
const { PresentationContextResult, Status } = constants;

log.setLevel('warn');

const folder = process.argv[2];
const instances = new Map();

// The type of which everything is refused, as an event and as an action.
const unknownType = 99;

class RecordingScp extends Scp {
  associationRequested(association) {
    for (const { id } of association.getPresentationContexts()) {
      const context = association.getPresentationContext(id);
      context.setResult(PresentationContextResult.Accept, context.getTransferSyntaxUids()[0]);
    }

    this.sendAssociationAccept();
  }

  associationReleaseRequested() {
    this.sendAssociationReleaseResponse();
  }

  cEchoRequest(request, answer) {
    this.#answer(responses.CEchoResponse, request, answer, Status.Success);
  }

  createStoreWritableStream(context, request) {
    const stream = super.createStoreWritableStream(context, request);
    stream.path = join(folder, basename(request.getAffectedSopInstanceUid()));
    return stream;
  }

  // Nothing is decoded: the transfer syntax may be any.
  createDatasetFromStoreWritableStream(stream, context, done) {
    writeFileSync(stream.path, stream.toBuffer());
    done(new Dataset());
  }

  cStoreRequest(request, answer) {
    this.#answer(responses.CStoreResponse, request, answer, Status.Success);
  }

  nEventReportRequest(request, answer) {
    const status = request.getEventTypeId() === unknownType ? Status.NoSuchEventType : Status.Success;
    this.#answer(responses.NEventReportResponse, request, answer, status, request.getDataset()?.getElements());
  }

  nCreateRequest(request, answer) {
    const instance = request.getAffectedSopInstanceUid() ?? Dataset.generateDerivedUid();
    if (instances.has(instance)) {
      this.#answer(responses.NCreateResponse, request, answer, Status.DuplicateSOPInstance);
      return;
    }

    const elements = { ...request.getDataset()?.getElements() };
    instances.set(instance, elements);
    this.#answer(responses.NCreateResponse, request, answer, Status.Success, elements, instance);
  }

  nSetRequest(request, answer) {
    this.#find(responses.NSetResponse, request, answer, (elements) =>
      Object.assign(elements, request.getDataset().getElements()));
  }

  nGetRequest(request, answer) {
    this.#find(responses.NGetResponse, request, answer, (elements) => {
      const wanted = request.getAttributeIdentifierList();
      return Object.fromEntries(Object.entries(elements).filter(([name]) => wanted.includes(name)));
    });
  }

  nActionRequest(request, answer) {
    if (request.getActionTypeId() === unknownType) {
      this.#answer(responses.NActionResponse, request, answer, Status.NoSuchActionType);
      return;
    }

    this.#find(responses.NActionResponse, request, answer, () => request.getDataset()?.getElements());
  }

  nDeleteRequest(request, answer) {
    this.#find(responses.NDeleteResponse, request, answer, () => {
      instances.delete(request.getRequestedSopInstanceUid());
    });
  }

  // Does something with an instance and answers what comes of it.
  #find(Response, request, answer, action) {
    const elements = instances.get(request.getRequestedSopInstanceUid());
    if (elements) {
      this.#answer(Response, request, answer, Status.Success, action(elements));
    } else {
      this.#answer(Response, request, answer, Status.NoSuchObjectInstance);
    }
  }

  #answer(Response, request, answer, status, elements, instance) {
    console.log(request.toString());
    const response = Response.fromRequest(request);
    response.setStatus(status);
    if (status !== Status.Success) {
      response.setErrorComment('As the script says');
    } else if (elements) {
      response.setDataset(new Dataset({ ...elements }));
    }

    if (instance) {
      response.setAffectedSopInstanceUid(instance);
    }

    answer(response);
  }
}

const server = new Server(RecordingScp);
server.on('networkError', (error) => console.log(error.message));
server.on('listening', () => console.log(`Listening on ${server.server.address().port}`));
server.listen(0);
