// An SCP on dcmjs-dimse: `node scp.js FOLDER`. It listens on a port of its choice, says which, and accepts every presentation context in
// the first transfer syntax of each. It keeps the bytes of each C-STORE's data set in FOLDER/INSTANCE, and SOP instances that N-CREATE
// has created in memory, until N-DELETE. Of an action it notifies with an N-EVENT-REPORT of the same type and data set, and tells what the
// response to that was.
'use strict';
const { writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { Dataset, Scp, Server, constants, log, requests, responses } = require('dcmjs-dimse');
const { tell } = require('./messages.js');
const { PresentationContextResult, Status } = constants;

log.setLevel('warn');

const folder = process.argv[2];
const instances = new Map();

// The type of action that it does not know.
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

  cEchoRequest(request, respond) {
    this.#answer(responses.CEchoResponse, request, respond, Status.Success);
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

  cStoreRequest(request, respond) {
    this.#answer(responses.CStoreResponse, request, respond, Status.Success);
  }

  nEventReportRequest(request, respond) {
    this.#answer(responses.NEventReportResponse, request, respond, Status.Success, request.getDataset()?.getElements());
  }

  nCreateRequest(request, respond) {
    const instance = request.getAffectedSopInstanceUid() ?? Dataset.generateDerivedUid();
    if (instances.has(instance)) {
      this.#answer(responses.NCreateResponse, request, respond, Status.DuplicateSOPInstance);
      return;
    }

    const elements = { ...request.getDataset()?.getElements() };
    instances.set(instance, elements);
    this.#answer(responses.NCreateResponse, request, respond, Status.Success, elements, instance);
  }

  nSetRequest(request, respond) {
    this.#find(responses.NSetResponse, request, respond, (elements) =>
      Object.assign(elements, request.getDataset().getElements()));
  }

  nGetRequest(request, respond) {
    this.#find(responses.NGetResponse, request, respond, (elements) => {
      const wanted = request.getAttributeIdentifierList();
      return Object.fromEntries(Object.entries(elements).filter(([name]) => wanted.includes(name)));
    });
  }

  nActionRequest(request, respond) {
    if (request.getActionTypeId() === unknownType) {
      this.#answer(responses.NActionResponse, request, respond, Status.NoSuchActionType);
    } else if (this.#find(responses.NActionResponse, request, respond, () => request.getDataset()?.getElements())) {
      this.#notify(request);
    }
  }

  nDeleteRequest(request, respond) {
    this.#find(responses.NDeleteResponse, request, respond, () => {
      instances.delete(request.getRequestedSopInstanceUid());
    });
  }

  // Does something with an instance and answers with what comes of it; or that there is no such instance.
  #find(Response, request, respond, action) {
    const elements = instances.get(request.getRequestedSopInstanceUid());
    if (elements) {
      this.#answer(Response, request, respond, Status.Success, action(elements));
    } else {
      this.#answer(Response, request, respond, Status.NoSuchObjectInstance);
    }

    return elements !== undefined;
  }

  #answer(Response, request, respond, status, elements, instance) {
    const response = Response.fromRequest(request);
    response.setStatus(status);
    if (status !== Status.Success) {
      response.setErrorComment('As the script says');
    } else if (Object.keys(elements ?? {}).length > 0) {
      // An empty data set dcmjs-dimse announces, but never sends.
      response.setDataset(new Dataset({ ...elements }));
    }

    if (instance) {
      response.setAffectedSopInstanceUid(instance);
    }

    respond(response);
  }

  #notify(action) {
    const event = new requests.NEventReportRequest(
      action.getRequestedSopClassUid(), action.getRequestedSopInstanceUid(), action.getActionTypeId());
    if (action.getDataset()) {
      event.setDataset(new Dataset({ ...action.getDataset().getElements() }));
    }

    event.on('response', (response) => tell('NEventReportResponse', response));
    this.sendRequests(event);
  }
}

const server = new Server(RecordingScp);
server.on('networkError', (error) => console.log(error.message));
server.on('listening', () => console.log(`Listening on ${server.server.address().port}`));
server.listen(0);
